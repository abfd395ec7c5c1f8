import { parseArgs } from 'node:util';
import { didYouMean } from './catalog/nearest.ts';
import { EXIT, print, UsageError, type Command } from './commands/command.ts';
import { WorkspaceError } from './workspace/workspace.ts';

/** Each verb in the order in which `--help` lists it; a module is loaded when its verb is asked for. */
const COMMANDS: Readonly<Record<string, () => Promise<{ readonly command: Command }>>> = {
  watch: () => import('./commands/watch.ts'),
  run: () => import('./commands/run.ts'),
  list: () => import('./commands/list.ts'),
  next: () => import('./commands/next.ts'),
  hint: () => import('./commands/hint.ts'),
  brief: () => import('./commands/brief.ts'),
  solution: () => import('./commands/solution.ts'),
  reset: () => import('./commands/reset.ts'),
  tracks: () => import('./commands/tracks.ts'),
  progress: () => import('./commands/progress.ts'),
  doctor: () => import('./commands/doctor.ts'),
  new: () => import('./commands/new.ts'),
  preview: () => import('./commands/preview.ts'),
  check: () => import('./commands/check.ts'),
  grade: () => import('./commands/grade.ts'),
};

const HELP_OPTION = { help: { type: 'boolean', short: 'h' } } as const;

/** Runs a command line and ends the process with its exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  // Nobody reads on, as in `dojo list | head`: the command does its work all the same.
  process.stdout.on('error', () => undefined);
  const code = await dojo(argv);
  await written(process.stdout);
  process.exit(code);
}

/** Settles when everything printed so far has left the process; a pipe takes its time. */
function written(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve());
  });
}

async function dojo(argv: readonly string[]): Promise<number> {
  const [verb, ...rest] = argv;
  try {
    if (verb === undefined || ['--help', '-h', 'help'].includes(verb)) {
      print(await overview());
      return EXIT.ok;
    }
    const load = Object.hasOwn(COMMANDS, verb) ? COMMANDS[verb] : undefined;
    if (!load) {
      const guess = didYouMean(verb, Object.keys(COMMANDS));
      throw new UsageError(
        `There is no command "${verb}".${guess} \`npm run dojo -- --help\` lists them.`,
      );
    }
    const { command } = await load();
    return await runCommand(verb, command, rest);
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    return EXIT.failed;
  }
}

async function runCommand(
  verb: string,
  command: Command,
  argv: readonly string[],
): Promise<number> {
  const { values, positionals } = parse(verb, command, argv);
  if (values.help === true) {
    print(helpOf(verb, command));
    return EXIT.ok;
  }
  if (positionals.length > command.words) {
    const surplus = positionals.slice(command.words).join(' ');
    throw new UsageError(
      `\`${verb}\` does not take "${surplus}". Usage: ${usageOf(verb, command)}`,
    );
  }
  return command.run({ words: positionals, options: values });
}

function parse(
  verb: string,
  command: Command,
  argv: readonly string[],
): { values: Record<string, string | boolean | undefined>; positionals: string[] } {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: { ...command.options, ...HELP_OPTION },
      allowPositionals: true,
    });
    return { values: onlySingles(values), positionals };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const [sentence = ''] = reason.split('. ');
    const unknown = /^Unknown option '(--[\w-]+)/.exec(reason)?.[1];
    const known = [...Object.keys(command.options), 'help'].map((name) => `--${name}`);
    const guess = unknown === undefined ? '' : didYouMean(unknown, known);
    throw new UsageError(`${sentence}.${guess}\nUsage: ${usageOf(verb, command)}`);
  }
}

function onlySingles(
  values: Readonly<Record<string, unknown>>,
): Record<string, string | boolean | undefined> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' || typeof value === 'boolean' ? value : undefined,
    ]),
  );
}

function usageOf(verb: string, command: Command): string {
  return ['npm run dojo --', verb, command.usage, '[options]'].filter(Boolean).join(' ');
}

function helpOf(verb: string, command: Command): string {
  const options = Object.entries(command.options).map(([name, { type }]) => {
    const flag = type === 'string' ? `--${name} <value>` : `--${name}`;
    return `  ${flag.padEnd(22)} ${command.optionHelp[name] ?? ''}`;
  });
  return [
    command.summary,
    '',
    `Usage: ${usageOf(verb, command)}`,
    ...(command.details === undefined ? [] : ['', command.details]),
    '',
    'Options:',
    ...options,
    `  ${'--help, -h'.padEnd(22)} show this`,
  ].join('\n');
}

async function overview(): Promise<string> {
  const rows = await Promise.all(
    Object.entries(COMMANDS).map(
      async ([verb, load]) => `  ${verb.padEnd(10)} ${(await load()).command.summary}`,
    ),
  );
  return [
    'Backend Dojo: solve katas in your editor, with a verdict on every save.',
    '',
    'Usage: npm run dojo -- <command> [options]',
    '',
    ...rows,
    '',
    'Each command has --help and --json. `npm run watch` is all you need to begin.',
  ].join('\n');
}

function explain(error: unknown): string {
  if (error instanceof UsageError || error instanceof WorkspaceError) return error.message;
  const text =
    error instanceof Error ? (process.env.DOJO_DEBUG ? error.stack : error.message) : String(error);
  return `The dojo stumbled: ${text ?? 'unknown error'}\nIf this stays, please report it; DOJO_DEBUG=1 shows where it happened.`;
}
