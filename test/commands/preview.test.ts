import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeClone, type Clone } from '../support/clone.ts';
import { expectDocumented } from '../support/documented.ts';

const HINTS = `# Hints

## 1. What is <b>asked</b>?

Read [the brief](README.md), [more](https://example.org/?a=1&b=2) or [this](javascript:alert(1)).
<script>alert(1)</script>

## 2. Look

![a picture](https://example.org/x.png)

## 3. In words

\`200\` or \`503\`.
`;

let clone: Clone;
beforeAll(async () => {
  clone = await makeClone({});
  await clone.write('exercises/getting-started/first-kata/hints.md', HINTS);
});
afterAll(() => clone.remove());

describe('dojo preview', { timeout: 60_000 }, () => {
  test('shows brief, first verdict, mistakes, hints and explanation, in the order of the learner', async () => {
    const { code, stdout } = await clone.run('preview', 'first-kata');
    expect(code).toBe(0);
    const seen = [
      '=== The brief',
      '## Your task',
      '=== The first verdict, on the starter',
      'Not yet: ',
      '=== The verdict on each mistake',
      '--- always-healthy',
      'Failed, hidden test of task',
      '=== The hints',
      '--- 2. Look',
      '=== After the pass',
      '# Why it works',
    ];
    expect(seen.map((text) => stdout.indexOf(text)).filter((at) => at < 0)).toEqual([]);
    expect(seen.toSorted((a, b) => stdout.indexOf(a) - stdout.indexOf(b))).toEqual(seen);
  });

  test('shows the sentence of a mistake above the words of the screen', async () => {
    const { stdout } = await clone.run('preview', 'first-kata');
    const [, mistake = ''] = stdout.split('--- prints-instead-of-returning');
    expect(mistake.trimStart()).toMatch(/^[^\n]+\n\n.*: Not yet: /);
  });

  test('tells machines the same', async () => {
    const facts = expectDocumented('preview', await clone.run('preview', 'first-kata', '--json'));
    expect(facts.starter).toMatchObject({ kind: 'failed' });
  });

  test('records nothing', async () => {
    await clone.run('preview', 'first-kata');
    expect(await clone.read('.dojo', 'journal.jsonl').catch(() => '')).toBe('');
  });

  test('asks for the exercise, and knows what was meant', async () => {
    const [none, mistyped] = await Promise.all([
      clone.run('preview'),
      clone.run('preview', 'frist-kata'),
    ]);
    expect(none.stderr).toContain('Name an exercise');
    expect(mistyped.stderr).toContain('Did you mean "first-kata"?');
  });

  describe('with --html', () => {
    let page: string;
    beforeAll(async () => {
      const file = clone.path('out', 'deep', 'page.html');
      expect((await clone.run('preview', 'first-kata', '--html', file)).stdout).toContain(file);
      page = await clone.read('out', 'deep', 'page.html');
    });

    test('is one page that loads nothing and runs nothing', () => {
      expect(page).toMatch(/^<!doctype html>/);
      expect(page).not.toMatch(/<script|<img|<link|<iframe|\bsrc=|url\(|@import|javascript:/i);
      expect(page).toContain("default-src 'none'");
    });

    test('is readable in dark and in light', () => {
      expect(page).toContain('color-scheme: light dark');
      expect(page).not.toMatch(/#[0-9a-f]{3,6}\b(?!;)/i);
    });

    test('shows markup of the author as text, and keeps links that lead to the web', () => {
      expect(page).toContain('&#60;script&#62;');
      expect(page).toContain('<a href="https://example.org/?a=1&#38;b=2">more</a>');
      expect(page).toContain('<u>the brief</u>');
      expect(page).toContain('[a picture: https://example.org/x.png]');
    });

    test('has every mistake with its verdict', () => {
      expect(page.match(/<pre class="screen">/g)?.length).toBeGreaterThanOrEqual(6);
      expect(page).toContain('<h3>status-as-text</h3>');
    });
  });
});
