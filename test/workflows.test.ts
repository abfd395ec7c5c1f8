import { readdirSync, readFileSync, statSync } from 'node:fs';
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { CLONE } from '../runner/location.ts';
import { project } from './support/project.ts';

const FOLDER = join(CLONE, '.github', 'workflows');

const text = z.string().min(1);
const step = z
  .strictObject({
    name: text.optional(),
    id: text.optional(),
    if: text.optional(),
    uses: z
      .string()
      .regex(/^[\w-]+\/[\w-]+@v\d+$/)
      .optional(),
    with: z.record(z.string(), z.union([text, z.number()])).optional(),
    run: text.optional(),
    shell: z.literal('bash').optional(),
    env: z.record(z.string(), text).optional(),
  })
  .refine(({ uses, run }) => (uses === undefined) !== (run === undefined), 'either uses or run');
const job = z.strictObject({
  name: text,
  if: text.optional(),
  needs: z.array(text).optional(),
  'runs-on': z.literal('ubuntu-latest'),
  'timeout-minutes': z.int().positive(),
  env: z.record(z.string(), text).optional(),
  strategy: z
    .strictObject({ 'fail-fast': z.boolean(), matrix: z.record(z.string(), z.array(text)) })
    .optional(),
  steps: z.array(step).min(1),
});
const workflow = z.strictObject({
  name: text,
  on: z.partialRecord(
    z.enum(['pull_request', 'push', 'schedule', 'workflow_dispatch']),
    z.unknown(),
  ),
  permissions: z.strictObject({ contents: z.literal('read') }),
  concurrency: z.strictObject({ group: text, 'cancel-in-progress': z.boolean() }).optional(),
  jobs: z.record(z.string(), job),
});

function read(file: string) {
  const document = parseDocument(readFileSync(join(FOLDER, file), 'utf8'));
  expect([...document.errors, ...document.warnings]).toEqual([]);
  return workflow.parse(document.toJS());
}

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(CLONE, 'package.json'), 'utf8')));

describe.each(readdirSync(FOLDER))('the workflow %s', (file) => {
  const { jobs } = read(file);
  const commands = Object.values(jobs).flatMap(({ steps }) =>
    steps.flatMap(({ run }) => run ?? []),
  );

  test('calls npm scripts that exist', () => {
    const called = commands.flatMap((command) =>
      [...command.matchAll(/npm (?:run (?:--silent )?)?([\w-]+)/g)].flatMap(
        ([, name]) => name ?? [],
      ),
    );
    expect(called.filter((name) => name !== 'ci' && !(name in scripts))).toEqual([]);
    expect(called.length).toBeGreaterThan(1);
  });

  test('waits for jobs that exist, and uses names that its jobs define', () => {
    for (const { needs = [], env = {}, strategy, ...rest } of Object.values(jobs)) {
      expect(needs.filter((name) => !(name in jobs))).toEqual([]);
      const used = [...JSON.stringify({ env, rest }).matchAll(/matrix\.([\w-]+)/g)];
      expect(used.filter(([, name = '']) => !(name in (strategy?.matrix ?? {})))).toEqual([]);
    }
  });

  test('puts nothing into a script that a stranger can word', () => {
    expect(commands.filter((command) => command.includes('${{'))).toEqual([]);
  });

  test('runs scripts that bash can read, and files that may be executed', () => {
    for (const command of commands) {
      expect(spawnSync('bash', ['-n'], { input: command }).status, command).toBe(0);
      for (const [path] of command.matchAll(/\.github\/[\w-]+\.sh/g))
        expect(statSync(join(CLONE, path)).mode & 0o111, path).not.toBe(0);
    }
  });
});

test('a pull request is linted, type-checked, tested, checked and previewed', () => {
  const all = JSON.stringify(read('pull-request.yml').jobs);
  for (const command of ['lint', 'typecheck', 'npm test', 'check -- --changed', 'preview --'])
    expect(all).toContain(command);
});

test('the night checks all exercises, each in one part', () => {
  const { exercises } = read('nightly.yml').jobs;
  const shards = exercises?.strategy?.matrix['shard'] ?? [];
  expect(shards).toEqual(shards.map((_, index) => `${index + 1}/${shards.length}`));
  expect(JSON.stringify(exercises)).toContain('check -- --all --shard');
});

describe('with-summary.sh', () => {
  const script = join(CLONE, '.github', 'with-summary.sh');

  test('prints what the command prints, ends as it ends, and adds it to the summary', async () => {
    const root = await project({ 'summary.md': 'before\n' });
    const GITHUB_STEP_SUMMARY = join(root, 'summary.md');
    const { status, stdout } = spawnSync(
      'bash',
      [script, 'A table', 'sh', '-c', 'echo bad; exit 3'],
      {
        env: { ...process.env, GITHUB_STEP_SUMMARY },
        encoding: 'utf8',
      },
    );
    expect([status, stdout]).toEqual([3, 'bad\n']);
    const summary = readFileSync(GITHUB_STEP_SUMMARY, 'utf8');
    expect(summary).toBe('before\n### A table\n\n```text\nbad\n\n```\n');
  });

  test('works without a summary', () => {
    expect(execFileSync('bash', [script, 'T', 'echo', 'fine'], { encoding: 'utf8' })).toBe(
      'fine\n',
    );
  });
});
