import { execFile } from 'node:child_process';
import { appendFile, readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { appendEntry, readJournal } from '../../runner/progress/journal.ts';
import type { Entry, NewEntry } from '../../runner/progress/model.ts';
import { project } from '../support/project.ts';

const run = promisify(execFile);
const journalModule = new URL('../../runner/progress/journal.ts', import.meta.url).href;
const journalPath = async () => join(await project(), '.dojo', 'journal.jsonl');
const pass = (slug: string): NewEntry => ({ type: 'pass', slug, edition: 'typescript' });
const slugs = (entries: readonly Entry[]) =>
  entries.map((entry) => ('slug' in entry ? entry.slug : entry.type));
const linesOf = (text: string) => text.split('\n').filter((line) => line.trim() !== '');

/** The text of a journal with one entry of every type. */
async function fullJournal(): Promise<string> {
  const path = await journalPath();
  const entries: NewEntry[] = [
    { type: 'workspace', folder: '/home/grüße/katas' },
    { type: 'track', track: 'my-track' },
    { type: 'edition', edition: 'python' },
    { type: 'open', slug: 'a' },
    {
      type: 'attempt',
      slug: 'a',
      edition: 'python',
      verdict: 'failed',
      passed: 1,
      total: 3,
      duration: 31.5,
    },
    { type: 'hint', slug: 'a', hint: 1 },
    pass('a'),
    { type: 'reveal', slug: 'a' },
    { type: 'reset', slug: 'a', edition: 'python', backup: '/tmp/backup' },
    { type: 'skip', slug: 'b' },
    { type: 'unlock', track: 'my-track' },
  ];
  for (const entry of entries) await appendEntry(path, entry);
  return readFile(path, 'utf8');
}

describe('a journal', () => {
  test('that does not exist yet is empty', async () => {
    expect(await readJournal(await journalPath())).toEqual({ entries: [] });
  });

  test('gives back what was appended, in order, stamped with the time', async () => {
    const path = await journalPath();
    const at = new Date('2026-11-20T10:00:00Z');
    const written = await appendEntry(path, pass('a'), at);
    await appendEntry(path, { type: 'hint', slug: 'b', hint: 2 }, at);
    expect(written).toEqual({ ...pass('a'), at: '2026-11-20T10:00:00.000Z' });
    expect((await readJournal(path)).entries).toEqual([
      written,
      { type: 'hint', slug: 'b', hint: 2, at: '2026-11-20T10:00:00.000Z' },
    ]);
  });

  test('keeps every type of entry', async () => {
    const path = await journalPath();
    const text = await fullJournal();
    await appendEntry(path, pass('first'));
    await appendFile(path, text);
    const { entries, damaged } = await readJournal(path);
    expect(damaged).toBeUndefined();
    expect(entries.slice(1)).toEqual(linesOf(text).map((line): unknown => JSON.parse(line)));
  });

  test('takes entries from two watchers at once without mixing them', async () => {
    const path = await journalPath();
    const script = `
      import { appendEntry } from ${JSON.stringify(journalModule)};
      const [path, watcher] = process.argv.slice(1);
      const entry = (index) => ({ type: 'open', slug: watcher + '-' + index });
      for (let index = 0; index < 100; index++) await appendEntry(path, entry(index));
    `;
    const watch = (name: string) =>
      run(process.execPath, ['--input-type=module', '--eval', script, path, name]);
    await Promise.all([watch('one'), watch('two')]);

    const { entries, damaged } = await readJournal(path);
    expect(damaged).toBeUndefined();
    const inOrder = (name: string) => Array.from({ length: 100 }, (_, index) => `${name}-${index}`);
    const of = (name: string) => slugs(entries).filter((slug) => slug.startsWith(name));
    expect(of('one')).toEqual(inOrder('one'));
    expect(of('two')).toEqual(inOrder('two'));
  });

  test('keeps entries of types that this version does not know, without returning them', async () => {
    const path = await journalPath();
    await appendEntry(path, pass('a'));
    await appendFile(path, '{"type":"badge","at":"2027-01-01T00:00:00.000Z","badge":"tester"}\n');
    await appendEntry(path, pass('b'));
    const { entries, damaged } = await readJournal(path);
    expect(slugs(entries)).toEqual(['a', 'b']);
    expect(damaged).toBeUndefined();
    expect(await readFile(path, 'utf8')).toContain('"badge":"tester"');
  });

  test('reads what an editor saved with the line ends of Windows', async () => {
    const path = await journalPath();
    await appendEntry(path, pass('a'));
    await writeFile(path, (await readFile(path, 'utf8')).replaceAll('\n', '\r\n\r\n'));
    await appendEntry(path, pass('b'));
    const { entries, damaged } = await readJournal(path);
    expect(slugs(entries)).toEqual(['a', 'b']);
    expect(damaged).toBeUndefined();
  });

  test('that cannot be written says so', async () => {
    const root = await project({ '.dojo': 'a file where the folder should be' });
    await expect(appendEntry(join(root, '.dojo', 'journal.jsonl'), pass('a'))).rejects.toThrow();
  });
});

describe('damage', () => {
  const cases: readonly (readonly [string, string | Buffer])[] = [
    ['a line cut short', '{"type":"pass","slu'],
    ['text that is no JSON', 'hello'],
    ['JSON that is no entry', '[1, 2]'],
    ['an entry without its fields', '{"type":"pass","at":"2026-11-20T10:00:00.000Z"}'],
    ['zeros after a power cut', Buffer.alloc(40)],
    ['bytes that are no text', Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
  ];

  test.each(cases)(
    '%s is set aside byte for byte, and nothing around it is lost',
    async (_, bytes) => {
      const path = await journalPath();
      await appendEntry(path, pass('before'));
      await appendFile(path, Buffer.concat([Buffer.from(bytes), Buffer.from('\n')]));
      await appendEntry(path, pass('after'));

      const { entries, damaged } = await readJournal(path, new Date('2026-11-20T10:20:30.456Z'));
      expect(slugs(entries)).toEqual(['before', 'after']);
      expect(damaged).toEqual({
        path: join(dirname(path), 'journal.damaged-2026-11-20T10-20-30-456Z.jsonl'),
        lines: 1,
      });
      expect((await readFile(damaged?.path ?? '')).subarray(0, -1)).toEqual(Buffer.from(bytes));
    },
  );

  test('is named once: afterwards the journal is in order', async () => {
    const path = await journalPath();
    await appendEntry(path, pass('a'));
    await appendFile(path, 'x\ny\n{"type":');
    expect((await readJournal(path)).damaged?.lines).toBe(3);
    expect((await readJournal(path)).damaged).toBeUndefined();
    await appendEntry(path, pass('b'));
    expect(slugs((await readJournal(path)).entries)).toEqual(['a', 'b']);
    expect(await readdir(dirname(path))).toHaveLength(2);
  });

  test('that is set aside while another watcher writes costs that watcher nothing', async () => {
    const path = await journalPath();
    await appendEntry(path, pass('first'));
    await appendFile(path, '{"type":"pass","slu');
    const names = Array.from({ length: 30 }, (_, index) => `exercise-${index}`);
    await Promise.all([
      ...names.map((name) => appendEntry(path, pass(name))),
      readJournal(path),
      readJournal(path),
    ]);
    const { entries } = await readJournal(path);
    expect(slugs(entries).toSorted()).toEqual(['first', ...names].toSorted());
  });
});

describe('a journal that was cut off at any byte', () => {
  interface Cut {
    readonly path: string;
    readonly at: string;
    /** The lines that are still whole, and what is left of the one that is not. */
    readonly whole: readonly string[];
    readonly rest: string;
  }

  /** Writes one journal for each byte at which it can be cut. Texts are bytes, in Latin-1. */
  async function cutEverywhere(): Promise<Cut[]> {
    const full = Buffer.from(await fullJournal()).toString('latin1');
    const lines = full.split('\n');
    const root = await project();
    const cuts = Array.from({ length: full.length + 1 }, async (_, size) => {
      const path = join(root, `cut-${size}.jsonl`);
      await writeFile(path, full.slice(0, size), 'latin1');
      const pieces = full.slice(0, size).split('\n');
      const last = pieces.at(-1) ?? '';
      const whole = last === lines[pieces.length - 1] ? pieces : pieces.slice(0, -1);
      return { path, at: `cut after ${size} bytes`, whole, rest: whole === pieces ? '' : last };
    });
    return Promise.all(cuts);
  }

  const parse = (lines: readonly string[]) =>
    lines
      .filter((line) => line !== '')
      .map((line): unknown => JSON.parse(Buffer.from(line, 'latin1').toString()));

  test('gives back every entry before the cut, and sets the rest aside', async () => {
    const cuts = await cutEverywhere();
    for (const batch of inBatches(cuts)) {
      const opened = batch.map(async ({ path, at, whole, rest }) => {
        const { entries, damaged } = await readJournal(path);
        expect(entries, at).toEqual(parse(whole));
        const aside = damaged ? await readFile(damaged.path, 'latin1') : '\n';
        expect(aside, at).toBe(`${rest}\n`);
        await appendEntry(path, pass('new'));
        const again = await readJournal(path);
        expect(again.entries.slice(0, -1), at).toEqual(entries);
        expect(slugs(again.entries).at(-1), at).toBe('new');
        expect(again.damaged, at).toBeUndefined();
      });
      await Promise.all(opened);
    }
  });

  test('takes the next entry on a line of its own, also before it is read', async () => {
    const cuts = await cutEverywhere();
    for (const batch of inBatches(cuts)) {
      const opened = batch.map(async ({ path, at, whole, rest }) => {
        await appendEntry(path, pass('new'));
        const { entries, damaged } = await readJournal(path);
        expect(entries.slice(0, -1), at).toEqual(parse(whole));
        expect(slugs(entries).at(-1), at).toBe('new');
        const aside = damaged ? await readFile(damaged.path, 'latin1') : '\n';
        expect(aside, at).toBe(`${rest}\n`);
      });
      await Promise.all(opened);
    }
  });

  /** Few enough at once for the limit on open files. */
  function inBatches<T>(items: readonly T[]): T[][] {
    const count = Math.ceil(items.length / 100);
    return Array.from({ length: count }, (_, index) => items.slice(index * 100, index * 100 + 100));
  }
});
