import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderCandidate } from '../../runner/grade/candidate.ts';
import { createGrader } from '../../runner/grade/grader.ts';
import type { Verdict } from '../../runner/grade/verdict.ts';
import type { Boundary } from '../../runner/grade/vitest/protocol.ts';
import { kataProject } from '../support/kata-project.ts';
import { layOut, type Attack } from './attack.ts';
import { processesOf, snapshot } from './traces.ts';

/** What must not come out: an environment variable, a file of the home folder, the hidden suite. */
export const CANARY = {
  environment: 'CANARY_ENV_51aa',
  home: 'CANARY_HOME_77cd',
  suite: 'CANARY_SUITE_9f31',
} as const;

/** What one attack came to. */
export interface Outcome {
  /** One verdict a run; undefined where none came in time. */
  readonly verdicts: readonly (Verdict | undefined)[];
  /** Files that are not what they were, in the whole project. */
  readonly changed: readonly string[];
  /** Connections that reached the listener on this machine. */
  readonly reached: number;
}

/** A throw-away clone and a grader of its own, in which one attack is graded after the other. */
export interface Lane extends AsyncDisposable {
  attack(attack: Attack): Promise<Outcome>;
  /** How many there have been. */
  attacks(): number;
  /** Grades the reference, as the next learner's save would be. */
  gradeHonest(): Promise<Verdict>;
  /** Command lines of the processes that work in this lane, the grader's own host aside. */
  processes(): string[];
  /** Names of the folders that grading processes have now. */
  folders(): string[];
}

/** Milliseconds beyond its limit in which a verdict must be there, on a machine that has other work. */
const PATIENCE = 15_000;

export async function openLane(boundary: Boundary): Promise<Lane> {
  const project = kataProject(exerciseFiles());
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'attack-')));
  const listener = await listen();
  const grader = createGrader(project.root, { boundary });
  let graded = 0;

  async function grade(folder: string, timeLimit: number): Promise<Verdict> {
    const candidate = folderCandidate(project.edition, folder);
    return grader.grade({ ...project.exercise, timeLimit }, project.edition, candidate);
  }

  function gradeHonest(): Promise<Verdict> {
    return grade(project.exercise.solutionFolder, 20_000);
  }

  // The host takes its temporary folder from the environment in which it is started: by the first grading.
  const { TMPDIR: before } = process.env;
  process.env.TMPDIR = scratch;
  process.env.DOJO_TEST_CANARY = CANARY.environment;
  await gradeHonest();
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;

  return {
    gradeHonest,
    attacks: () => graded,
    async attack(attack) {
      const folder = join(project.root, 'workspace', `${attack.id}-${(graded += 1)}`);
      mkdirSync(folder, { recursive: true });
      layOut(attack, folder, {
        PROJECT_ROOT: project.root,
        FAKE_HOME: join(project.root, 'home'),
        LISTENER_PORT: String(listener.port),
        ESCAPE_CODE: '\u001b',
      });
      const before = snapshot(project.root);
      const reached = listener.reached();
      const verdicts: (Verdict | undefined)[] = [];
      for (let run = 0; run < attack.runs; run += 1) {
        const late = after(attack.limit + PATIENCE);
        verdicts.push(await Promise.race([grade(folder, attack.limit), late]));
      }
      const now = snapshot(project.root);
      return {
        verdicts,
        changed: Object.keys({ ...before, ...now }).filter((path) => before[path] !== now[path]),
        reached: listener.reached() - reached,
      };
    },
    processes: () => [...processesOf(scratch).values()],
    folders: () =>
      readdirSync(scratch)
        .filter((name) => name.startsWith('dojo-'))
        .flatMap((name) => readdirSync(join(scratch, name))),
    async [Symbol.asyncDispose]() {
      await grader.close();
      listener.close();
      project[Symbol.dispose]();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

function exerciseFiles(): Record<string, string> {
  const read = (name: string): string =>
    readFileSync(join(import.meta.dirname, 'exercise', name), 'utf8');
  return {
    'exercises/practice/adder/kata.ts': read('starter.ts'),
    'exercises/practice/adder/examples.test.ts': read('examples.test.ts'),
    'solutions/practice/adder/kata.ts': read('kata.ts'),
    'solutions/practice/adder/hidden.test.ts': read('hidden.test.ts'),
    'home/.secret': `${CANARY.home}\n`,
    'home/secret.json': JSON.stringify({ secret: CANARY.home }),
    'progress.json': '{}',
  };
}

/** Listens for streams and datagrams on one port of this machine. */
async function listen(): Promise<{ port: number; reached(): number; close(): void }> {
  let reached = 0;
  const count = (): void => void (reached += 1);
  const server = createServer((socket) => {
    count();
    socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const datagrams = createSocket('udp4', count);
  datagrams.bind(port, '127.0.0.1');
  await once(datagrams, 'listening');
  return {
    port,
    reached: () => reached,
    close() {
      server.close();
      datagrams.close();
    },
  };
}

function after(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), milliseconds).unref();
  });
}
