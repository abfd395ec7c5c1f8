import { describe, expect, test } from 'vitest';
import { compareText } from '../../runner/bench/compare.ts';
import type { Measurement, Report } from '../../runner/bench/report.ts';
import { table } from '../../runner/report/table.ts';
import { reportText } from '../../runner/bench/text.ts';

function measured(name: string, p50: number, more: Partial<Measurement> = {}): Measurement {
  const title = `Title of ${name}`;
  return { name, title, unit: 'ms', samples: 30, p50, p90: p50 * 1.5, max: p50 * 2, ...more };
}

function reported(measurements: Measurement[], more: Partial<Report> = {}): Report {
  return {
    version: 1,
    date: '2026-05-04T12:30:00.000Z',
    quick: false,
    options: { samples: 30, pause: 700, saves: 200, all: false },
    machine: {
      processor: 'A processor',
      cores: 4,
      memory: 16,
      system: 'linux 6.1 x64',
      load: { before: 0.2, after: 1.1 },
    },
    versions: { node: '26.10.0', vitest: '5.1.1' },
    measurements,
    ratios: [],
    failures: [],
    ...more,
  };
}

function lineWith(text: string, word: string): string {
  return text.split('\n').find((line) => line.includes(word)) ?? '';
}

describe('a table', () => {
  test('sets words to the left and figures to the right, as wide as the widest cell', () => {
    const text = table(
      [
        { title: 'what', align: 'left' },
        { title: 'ms', align: 'right' },
      ],
      [
        ['engine', '30'],
        ['a longer one', '1200'],
      ],
    );
    expect(text.split('\n')).toEqual([
      'what            ms',
      '------------  ----',
      'engine          30',
      'a longer one  1200',
    ]);
  });
});

describe('a report in text', () => {
  test('says of each target whether the median meets it', () => {
    const text = reportText(
      reported([measured('good', 20, { target: 30 }), measured('bad', 40, { target: 30 })]),
    );
    expect(lineWith(text, 'Title of good')).toMatch(/ 20\.0 +30\.0 +40\.0 +30 +met/);
    expect(lineWith(text, 'Title of bad')).toMatch(/ 30 +missed/);
  });

  test('holds a figure against its limit, and says what is left above it', () => {
    const engine = measured('engine', 30, {
      limit: { value: 6, of: ['esbuild', 'adopted'] },
      above: 'vitest',
    });
    const text = reportText(reported([measured('esbuild', 5), measured('adopted', 1), engine]));
    expect(lineWith(text, 'Title of engine')).toMatch(/6\.0 +5\.00 x$/);
    expect(lineWith(text, 'engine: ')).toBe(
      '  engine: 24.0 ms above 6.0 (esbuild 5.0 + adopted 1.0): vitest.',
    );
  });

  test('warns of too few samples, and of a machine that was busy with something else', () => {
    const machine = { ...reported([]).machine, load: { before: 7, after: 7 } };
    const text = reportText(reported([], { quick: true, machine }));
    expect(text).toContain('quick: too few samples to rely on');
    expect(text).toContain('busy with something else');
  });

  test('names what could not be measured', () => {
    const failures = [{ scenario: 'memory', message: 'Memory is not measured on Windows.' }];
    expect(reportText(reported([], { failures }))).toContain(
      'memory: Memory is not measured on Windows.',
    );
  });
});

describe('a comparison', () => {
  test('gives the change of each figure in percent', () => {
    const text = compareText(
      reported([measured('engine', 40)]),
      reported([measured('engine', 30)]),
    );
    expect(lineWith(text, 'Title of engine')).toMatch(/40\.0 +30\.0 +-25 % +60\.0 +45\.0 +-25 %$/);
  });

  test('keeps what only one of the two has measured', () => {
    const text = compareText(reported([measured('old', 40)]), reported([measured('new', 30)]));
    expect(lineWith(text, 'Title of old')).toMatch(/ms +40\.0 +60\.0$/);
    expect(lineWith(text, 'Title of new')).toMatch(/ms +30\.0 +45\.0$/);
  });

  test('says when machines or versions differ', () => {
    const before = reported([], { versions: { node: '26.9.0' } });
    const machine = { ...before.machine, processor: 'Another' };
    const text = compareText(before, reported([], { versions: { node: '26.10.0' }, machine }));
    expect(text).toContain('Different machines');
    expect(text).toContain('node: 26.9.0 before, 26.10.0 after.');
  });
});
