import { access, constants, mkdir } from 'node:fs/promises';
import type { Catalog } from '../catalog/model.ts';
import { findEditor } from '../process/editor.ts';
import type { Journal } from '../progress/journal.ts';
import { failure, ok, warning, type Finding } from './finding.ts';

/** What belongs to the learner: journal, workspace, editor, terminal; and the content that they work on. */
export async function checkLearner(
  catalog: Catalog,
  workspace: string,
  journal: Pick<Journal, 'damaged'> & { readonly entries: number },
  env: NodeJS.ProcessEnv,
): Promise<Finding[]> {
  return [
    journal.damaged
      ? warning(
          'Journal',
          `${journal.entries} entries; ${journal.damaged.lines} damaged lines set aside`,
          `Nothing else is lost. The lines are kept in ${journal.damaged.path}`,
        )
      : ok('Journal', `${journal.entries} entries, all readable`),
    await checkWorkspace(workspace),
    checkCatalog(catalog),
    checkEditor(env),
    checkTerminal(env),
  ];
}

async function checkWorkspace(folder: string): Promise<Finding> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    return ok('Workspace', folder);
  } catch {
    return failure(
      'Workspace',
      `${folder} cannot be written`,
      'Name another folder: `npm run watch -- --workspace <folder>`.',
    );
  }
}

function checkCatalog({ exercises, planned, tracks, problems }: Catalog): Finding {
  const found = `${exercises.size} exercises written, ${planned.size} planned, ${tracks.length} tracks`;
  const [first] = problems;
  if (!first) return ok('Content', found);
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return warning(
    'Content',
    `${found}; ${first.path}:${first.line}: ${first.message}${more}`,
    first.remedy,
  );
}

function checkEditor(env: NodeJS.ProcessEnv): Finding {
  const editor = findEditor(env);
  if (editor) return ok('Editor', [editor.command, ...editor.args].join(' '));
  return warning(
    'Editor',
    'none named',
    'Set $EDITOR (for example `export EDITOR="code --reuse-window"`), and `o` opens the kata there.',
  );
}

function checkTerminal(env: NodeJS.ProcessEnv): Finding {
  const { columns, rows, isTTY } = process.stdout;
  if (!isTTY) return ok('Terminal', 'none: verdicts are printed as plain lines');
  const size = `${columns}x${rows}${env.NO_COLOR ? ', without colours (NO_COLOR)' : ''}`;
  if (columns >= 80 && rows >= 24) return ok('Terminal', size);
  return warning('Terminal', size, 'Make the window at least 80 columns wide and 24 lines high.');
}
