import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { editionOf } from '../catalog/content.ts';
import { loadCatalog } from '../catalog/load.ts';
import type { Edition, Exercise, ExerciseEdition } from '../catalog/model.ts';
import { CLONE, RUNNER } from '../location.ts';

const FIXTURE = join(RUNNER, 'bench', 'fixture');
/** The exercises of the benchmark: a usual one, and one that calls its kata a thousand times. */
export type Practice = 'lru-cache' | 'many-calls';
/** Saves for the usual one are {@link rightKata} and {@link wrongKata}. */
const USUAL = join('practice', 'lru-cache');
/** How many exercises of a synthetic track make a topic, and how many topics a phase. */
const TOPIC = 5;
const PHASE = 10;

/** A throw-away clone with one track of synthetic exercises, of which the first one is open. */
export interface PracticeClone extends Disposable {
  /** Absolute path; what `DOJO_HOME` names. */
  readonly root: string;
  readonly exercise: Exercise;
  readonly edition: ExerciseEdition;
  /** The title of the first exercise, by which a screen shows that it is open. */
  readonly title: string;
  /** Absolute path of the folder in which a learner works on it. */
  readonly workspace: string;
  /** Saves the learner's kata. */
  readonly save: (text: string) => void;
}

/** @param exercises how many there are; copies of one another. */
export async function practiceClone(
  exercises = 1,
  name: Practice = 'lru-cache',
  language: Edition = 'typescript',
): Promise<PracticeClone> {
  const folder = join('practice', name);
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'dojo-bench-')));
  const slugs = Array.from({ length: exercises }, (_, index) =>
    index === 0 ? name : `${name}-${index + 1}`,
  );
  for (const slug of slugs) {
    for (const half of ['exercises', 'solutions']) {
      cpSync(join(FIXTURE, half, folder), join(root, half, 'practice', slug), { recursive: true });
    }
  }
  write(join(root, 'tracks', 'practice.yaml'), track(slugs));
  const at = new Date().toISOString();
  const chosen = [
    { type: 'track', at, track: 'practice' },
    { type: 'edition', at, edition: language },
  ];
  const journal = chosen.map((entry) => `${JSON.stringify(entry)}\n`).join('');
  write(join(root, '.dojo', 'journal.jsonl'), journal);
  // Its own folder, so that what the grader keeps there stays out of the real one.
  mkdirSync(join(root, 'node_modules'));
  symlinkSync(
    join(CLONE, 'node_modules', 'vitest'),
    join(root, 'node_modules', 'vitest'),
    'junction',
  );
  const { problems, exercises: found } = await loadCatalog(root);
  const exercise = found.get(name);
  const edition = exercise && editionOf(exercise, language);
  if (!edition || problems.length > 0) {
    throw new Error(
      `The exercise of the benchmark is broken: ${problems[0]?.message ?? 'missing'}`,
    );
  }
  const workspace = join(root, 'workspace', folder);
  return {
    root,
    exercise,
    edition,
    title: exercise.title,
    workspace,
    save: (text) => write(join(workspace, edition.kata[0] ?? ''), text),
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true, maxRetries: 3 }),
  };
}

const USUAL_KATA = {
  typescript: { file: 'kata.ts', comment: '//', size: 'return this.#entries.size;', end: ';' },
  python: { file: 'kata.py', comment: '#', size: 'return len(self._entries)', end: '' },
} as const satisfies Record<Edition, object>;

function readReference(language: Edition): string {
  return readFileSync(join(FIXTURE, 'solutions', USUAL, USUAL_KATA[language].file), 'utf8');
}

/** Read beforehand: a save is timed. */
const REFERENCES: Readonly<Record<Edition, string>> = {
  typescript: readReference('typescript'),
  python: readReference('python'),
};

/** A kata that passes every test; another text for each number. */
export function rightKata(turn: number, language: Edition = 'typescript'): string {
  return `${REFERENCES[language]}${USUAL_KATA[language].comment} Save ${turn}\n`;
}

/** A kata that fails one test of twelve, which receives {@link receivedBy} this number. */
export function wrongKata(turn: number, language: Edition = 'typescript'): string {
  const { size, end } = USUAL_KATA[language];
  return REFERENCES[language].replace(size, `return ${receivedBy(turn)}${end}`);
}

/** What the failing test of {@link wrongKata} receives: a text that a screen shows only then. */
export function receivedBy(turn: number): string {
  return String(700_000 + turn);
}

function track(slugs: readonly string[]): string {
  const topics = chunks(slugs, TOPIC).map(
    (topic, index) => `      - { title: Topic ${index + 1}, exercises: [${topic.join(', ')}] }`,
  );
  const phases = chunks(topics, PHASE).map(
    (phase, index) => `  - title: Phase ${index + 1}\n    topics:\n${phase.join('\n')}`,
  );
  return `title: Practice\nblurb: For measuring. It leads nowhere.\nphases:\n${phases.join('\n')}\n`;
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
