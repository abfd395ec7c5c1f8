import {
  countWords,
  fences,
  linkTargets,
  listItems,
  plainText,
  sections,
  tables,
  type Section,
} from '#kit/markdown';
import { describe, expect, it } from 'vitest';
import problem from '../../../exercises/career/rfc-document/problem.md?raw';
import oldRecord from './adr-0003.md?raw';
import newRecord from './adr-0007.md?raw';
import rfc from './rfc.md?raw';
import summary from './summary.md?raw';

const documents: Record<string, string> = {
  'rfc.md': rfc,
  'adr-0007.md': newRecord,
  'adr-0003.md': oldRecord,
  'summary.md': summary,
  'problem.md': problem,
};

const parsed = new Map(
  Object.entries(documents).map(([file, markdown]) => [file, sections(markdown)]),
);
const outline = (file: string): readonly Section[] => parsed.get(file) ?? [];

const created = '2026-03-02';
const decided = '2026-03-16';
const decider = 'Ngozi';
const people = ['Ngozi', 'Imani', 'Tomasz', 'Mei', 'Diego'];
const prices = [18, 40, 95, 55, 12, 6];
const budget = 150;

/** The section under a heading; headings may be numbered and differ in case. */
function section(file: string, title: string): Section['tokens'] {
  const found = outline(file).find((candidate) => {
    const name = candidate.title.toLowerCase().replace(/^[\d.)\s]+/, '');
    return name === title.toLowerCase() || name.startsWith(`${title.toLowerCase()}:`);
  });
  expect(found?.title, `${file} needs the heading "${title}"`).toBeDefined();
  return found?.tokens ?? [];
}

/** A section as one line: where the learner wraps lines does not matter. */
const text = (file: string, title: string) =>
  plainText(section(file, title)).replaceAll(/\s+/g, ' ');

/** The whole document as a reader sees it. */
const visible = (file: string) => plainText(documents[file] ?? '');

function expectWords(value: string, what: string, least: number): void {
  expect(countWords(value), `${what}: number of words in "${value}"`).toBeGreaterThanOrEqual(least);
}

/** Numbers as they are written, without thousands separators; ids such as R1 or ADR-0003 are none. */
function numbersIn(value: string): string[] {
  const withoutIds = value.replaceAll(/\b[a-z]+-?\d+\b/gi, '');
  return [...withoutIds.matchAll(/\d+(?:[.,]\d+)*/g)].map(([number]) =>
    number.replaceAll(/,(?=\d{3}(?:\D|$))/g, ''),
  );
}

const firstNumber = (cell: string | undefined) => Number(numbersIn(cell ?? '')[0] ?? Number.NaN);

/** The rows of a section's first table that has the given columns, as cells by column. */
function rowsOf(title: string, columns: readonly string[]): Record<string, string>[] {
  const table = tables(section('rfc.md', title)).find(({ header }) =>
    columns.every((column) => header.some((cell) => sameText(cell, column))),
  );
  expect(table?.header, `${title}: a table with the columns ${columns.join(', ')}`).toBeDefined();
  return (table?.rows ?? [])
    .filter((row) => row.some((cell) => cell !== ''))
    .map((row) =>
      Object.fromEntries(
        columns.map((column) => {
          const index = table?.header.findIndex((cell) => sameText(cell, column)) ?? -1;
          return [column, row[index] ?? ''];
        }),
      ),
    );
}

const sameText = (one: string, other: string) =>
  one.trim().toLowerCase() === other.trim().toLowerCase();

describe('1. Say what is to be reached', () => {
  it('describes the situation in 30 words or more', () => {
    expectWords(text('rfc.md', 'Context'), 'Context', 30);
  });

  it('quotes at least three figures in the context', () => {
    const figures = new Set(numbersIn(text('rfc.md', 'Context')));
    expect(figures.size, `figures: ${[...figures].join(', ')}`).toBeGreaterThanOrEqual(3);
  });

  it('uses only numbers of problem.md in the context', () => {
    expectWords(text('rfc.md', 'Context'), 'Context', 1);
    const known = numbersIn(problem);
    const foreign = numbersIn(text('rfc.md', 'Context')).filter((one) => !known.includes(one));
    expect(foreign.length, `Context: not in problem.md: ${foreign.join(', ')}`).toBe(0);
  });

  const goals = () => rowsOf('Goals', ['Measure', 'Today', 'Target']);
  const measures = [
    { id: 'M1', today: 2.6, wanted: 'at most 0.8', reaches: (value: number) => value <= 0.8 },
    { id: 'M2', today: 144, wanted: 'at most 5', reaches: (value: number) => value <= 5 },
    { id: 'M3', today: 97.9, wanted: 'at least 99.5', reaches: (value: number) => value >= 99.5 },
  ];

  it.each(measures)(
    'gives $id its value of today and a target',
    ({ id, today, wanted, reaches }) => {
      const row = goals().find(({ Measure }) => new RegExp(`\\b${id}\\b`).test(Measure ?? ''));
      expect(row, `Goals: a row for ${id}`).toBeDefined();
      expect(firstNumber(row?.['Today']), `${id}, Today: "${row?.['Today']}"`).toBe(today);
      const message = `${id}, Target: "${row?.['Target']}", where problem.md wants ${wanted}`;
      expect(reaches(firstNumber(row?.['Target'])), message).toBe(true);
    },
  );

  it('states no goal without numbers', () => {
    expect(goals().length, 'rows in Goals').toBeGreaterThanOrEqual(1);
    for (const { Measure, Today, Target } of goals()) {
      expect(numbersIn(Today ?? '').length, `"${Measure}", Today: "${Today}"`).toBeGreaterThan(0);
      expect(numbersIn(Target ?? '').length, `"${Measure}", Target: "${Target}"`).toBeGreaterThan(
        0,
      );
    }
  });

  it('lists at least two non-goals', () => {
    const items = listItems(section('rfc.md', 'Non-goals')).filter((item) => countWords(item) >= 3);
    expect(items.length, 'items of three words in Non-goals').toBeGreaterThanOrEqual(2);
  });
});

/** The first table of the alternatives: names of the options, and a row of cells per criterion. */
function comparison(): { options: string[]; criteria: { name: string; cells: string[] }[] } {
  const [table] = tables(section('rfc.md', 'Alternatives'));
  expect(table?.header, 'Alternatives: a table of criteria and options').toBeDefined();
  return {
    options: table?.header.slice(1) ?? [],
    criteria: (table?.rows ?? [])
      .filter((row) => row.some((cell) => cell !== ''))
      .map(([name = '', ...cells]) => ({ name, cells })),
  };
}

/** The option that `Chosen:` names; the longest name, where one begins with another. */
function chosenOption(): string {
  const { options } = comparison();
  const [, rest = ''] = /chosen\s*:\s*["'“”]?(.*)/i.exec(text('rfc.md', 'Alternatives')) ?? [];
  const named = options
    .filter((option) => option !== '' && rest.toLowerCase().startsWith(option.toLowerCase()))
    .sort((one, other) => other.length - one.length);
  expect(
    named.length,
    `"Chosen: ${rest.slice(0, 60)}" begins with none of: ${options.join(', ')}`,
  ).toBeGreaterThan(0);
  return named[0] ?? '';
}

const scoreOf = (cell: string | undefined) =>
  Number(/^[1-5](?!\d)/.exec(cell ?? '')?.[0] ?? Number.NaN);

describe('2. Compare real alternatives', () => {
  it('compares at least three options by at least three criteria', () => {
    const { options, criteria } = comparison();
    expect(options.filter(Boolean).length, 'options').toBeGreaterThanOrEqual(3);
    expect(criteria.length, 'criteria').toBeGreaterThanOrEqual(3);
  });

  it('gives every cell a score from 1 to 5 and a reason', () => {
    const { options, criteria } = comparison();
    expect(criteria.length, 'criteria').toBeGreaterThanOrEqual(1);
    for (const { name, cells } of criteria) {
      options.forEach((option, index) => {
        const where = `${name}, ${option}: "${cells[index]}"`;
        expect(scoreOf(cells[index]), `${where} begins with no score`).not.toBeNaN();
        expectWords((cells[index] ?? '').slice(1), where, 3);
      });
    }
  });

  it('names the chosen option', () => {
    expect(comparison().options).toContain(chosenOption());
  });

  it('lets every alternative beat the chosen option somewhere', () => {
    const { options, criteria } = comparison();
    const chosen = options.indexOf(chosenOption());
    const defeated = options.filter(
      (_, index) =>
        index !== chosen &&
        !criteria.some(({ cells }) => scoreOf(cells[index]) > scoreOf(cells[chosen])),
    );
    expect(defeated.length, `set up to lose: ${defeated.join(', ')}`).toBe(0);
  });
});

describe('3. Describe the design and the way there', () => {
  it('describes the design in 80 words or more', () => {
    expectWords(text('rfc.md', 'Design'), 'Design', 80);
  });

  it.each(['R1', 'R2', 'R3', 'R4', 'R5', 'R6'])('says how the design meets %s', (id) => {
    const item = listItems(section('rfc.md', 'Design')).find((one) =>
      new RegExp(`^${id}\\b`).test(one),
    );
    expect(item, `Design: a list item that begins with ${id}`).toBeDefined();
    expectWords((item ?? '').slice(id.length), `Design, ${id}`, 6);
  });

  it('shows the design in a diagram', () => {
    const diagram = fences(section('rfc.md', 'Design'), 'mermaid').find((block) =>
      /^\s*(flowchart|graph|sequenceDiagram)\b/m.test(block),
    );
    expect(diagram, 'Design: a mermaid block with flowchart or sequenceDiagram').toBeDefined();
    const lines = (diagram ?? '').split('\n').filter((line) => !line.trim().startsWith('%%'));
    const arrows = lines.join('\n').match(/-->|->>|--?[x)]|-\.+->|==+>|->/g) ?? [];
    expect(arrows.length, 'arrows in the diagram').toBeGreaterThanOrEqual(3);
    const messages = lines.some((line) => line.trim().startsWith('sequenceDiagram'));
    for (const line of lines) {
      // In a sequence diagram the text of a message follows a colon and may hold anything.
      const structure = messages ? (line.split(':')[0] ?? '') : line;
      expect(balanced(structure), `diagram, brackets or quotes are open in "${line.trim()}"`).toBe(
        true,
      );
    }
  });

  it('migrates in three numbered steps or more', () => {
    const steps = listItems(section('rfc.md', 'Migration'), 'ordered').filter(Boolean);
    expect(steps.length, 'numbered steps in Migration').toBeGreaterThanOrEqual(3);
  });

  it('says how to roll back', () => {
    expect(text('rfc.md', 'Migration')).toMatch(/\broll(s|ed|ing)?[ -]?back\b/i);
  });

  it('lists at least three failure modes with effect and response', () => {
    const rows = rowsOf('Failure modes', ['Failure', 'Effect', 'Response']);
    expect(rows.length, 'rows in Failure modes').toBeGreaterThanOrEqual(3);
    for (const row of rows) {
      for (const [column, cell] of Object.entries(row)) {
        expectWords(cell, `Failure modes, ${column}`, 2);
      }
    }
  });

  it('says what is new for security in 20 words or more', () => {
    expectWords(text('rfc.md', 'Security'), 'Security', 20);
  });

  function costs(): { items: number[]; last: string; total: number } {
    const rows = rowsOf('Costs', ['Item', 'Euros a month']);
    const amounts = rows.map((row) => firstNumber(row['Euros a month']));
    expect(rows.length, 'rows in Costs, the total included').toBeGreaterThanOrEqual(2);
    return {
      items: amounts.slice(0, -1),
      last: rows.at(-1)?.['Item'] ?? '',
      total: amounts.at(-1) ?? Number.NaN,
    };
  }

  it('takes every amount from the prices of problem.md', () => {
    const foreign = costs().items.filter((amount) => amount !== 0 && !prices.includes(amount));
    expect(foreign.length, `Costs: no price in problem.md: ${foreign.join(', ')}`).toBe(0);
  });

  it('adds the costs up in the last row, below the limit', () => {
    const { items, last, total } = costs();
    expect(last, 'Costs, last row').toMatch(/total|sum/i);
    expect(total, `Costs: total of ${items.join(' + ')}`).toBe(items.reduce((a, b) => a + b, 0));
    expect(total, 'Costs: total, with the limit of R5').toBeLessThan(budget);
  });
});

/** Whether brackets pair up and quotes are closed; brackets inside of quotes and arrows do not count. */
function balanced(line: string): boolean {
  if ((line.match(/"/g) ?? []).length % 2 === 1) return false;
  const bare = line.replaceAll(/"[^"]*"/g, '').replaceAll(/-+[>x)]+/g, ' ');
  return [/[[\]]/g, /[{}]/g, /[()]/g].every((pair) => (bare.match(pair) ?? []).length % 2 === 0);
}

describe('4. Close the open ends', () => {
  it('gives at least two open questions an owner and a day', () => {
    const rows = rowsOf('Open questions', ['Question', 'Owner', 'Due']);
    expect(rows.length, 'rows in Open questions').toBeGreaterThanOrEqual(2);
    for (const { Question = '', Owner = '', Due = '' } of rows) {
      expect(Question, 'Open questions, Question').toMatch(/\?$/);
      const known = people.some((person) => Owner.includes(person));
      expect(known, `"${Question}", Owner: "${Owner}" is none of ${people.join(', ')}`).toBe(true);
      const message = `"${Question}", Due: "${Due}" is no day from ${created} to ${decided}`;
      expect(isDay(Due) && Due >= created && Due <= decided, message).toBe(true);
    }
  });

  it.each(['C1', 'C2', 'C3'])('answers comment %s', (id) => {
    const answer = text('rfc.md', id);
    expect(answer, `answer to ${id}`).toMatch(/^\W*(accepted|declined)\b/i);
    expectWords(answer, `answer to ${id}`, 10);
  });
});

const isDay = (value: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));

/** The line `Status: ...` of a record, and the like. */
function field(file: string, name: string): { shown: string; links: string[] } {
  const line = (documents[file] ?? '')
    .replaceAll(/<!--.*?-->/gs, '')
    .split('\n')
    .find((one) => new RegExp(`^\\W*${name}\\b\\W*:`, 'i').test(one));
  expect(line, `${file} needs a line "${name}: ..."`).toBeDefined();
  const value = (line ?? '').slice((line ?? '').indexOf(':') + 1);
  const shown = value.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll(/[*_]/g, '');
  return { shown: shown.trim(), links: linkTargets(value).map(pathOf) };
}

const pathOf = (target: string) => target.replace(/^\.\//, '').replace(/#.*$/, '');

describe('5. Record the decision', () => {
  it('gives the new record a title', () => {
    const title = outline('adr-0007.md')[0]?.title ?? '';
    expect(title, 'title of adr-0007.md').toMatch(/^ADR-0007\b/);
    expectWords(title.replace('ADR-0007', ''), 'adr-0007.md, title', 2);
  });

  it('gives the new record its status and the day of the decision', () => {
    expect(field('adr-0007.md', 'Status').shown, 'adr-0007.md, Status').toMatch(/^accepted\b/i);
    const { shown } = field('adr-0007.md', 'Date');
    expect(shown.startsWith(decided), `adr-0007.md, Date: "${shown}", decided on ${decided}`).toBe(
      true,
    );
  });

  it('links the new record to the one it replaces', () => {
    expect(field('adr-0007.md', 'Supersedes').links).toContain('adr-0003.md');
  });

  it('links the new record to the RFC', () => {
    expect(linkTargets(newRecord).map(pathOf)).toContain('rfc.md');
  });

  it('says what forces the decision in 20 words or more', () => {
    expectWords(text('adr-0007.md', 'Context'), 'adr-0007.md, Context', 20);
  });

  it('states the decision with the option that the RFC chose', () => {
    const decision = text('adr-0007.md', 'Decision');
    expect(decision, 'adr-0007.md, Decision').toMatch(/^We\b/);
    expect(decision.toLowerCase(), 'adr-0007.md, Decision').toContain(chosenOption().toLowerCase());
  });

  it('names good and bad consequences', () => {
    const items = listItems(section('adr-0007.md', 'Consequences'));
    for (const kind of ['Good', 'Bad']) {
      const ofKind = items.filter((item) => item.startsWith(`${kind}:`));
      expect(ofKind.length, `items that begin with "${kind}:"`).toBeGreaterThanOrEqual(1);
      for (const item of ofKind) expectWords(item.slice(kind.length), 'Consequences', 4);
    }
  });

  it('keeps the new record within 250 words', () => {
    expectWords(text('adr-0007.md', 'Decision'), 'adr-0007.md, Decision', 1);
    expect(countWords(visible('adr-0007.md')), 'words in adr-0007.md').toBeLessThanOrEqual(250);
  });

  it('marks the old record as superseded by the new one', () => {
    const { shown, links } = field('adr-0003.md', 'Status');
    expect(shown, 'adr-0003.md, Status').toMatch(/^superseded by\b/i);
    expect(links, 'link in the status of adr-0003.md').toContain('adr-0007.md');
  });

  it('changes nothing else in the old record', () => {
    expect(outline('adr-0003.md').map(({ title }) => title)).toEqual([
      'ADR-0003: Send confirmations during checkout',
      'Context',
      'Decision',
      'Consequences',
    ]);
    expect(field('adr-0003.md', 'Date').shown, 'adr-0003.md, Date').toBe('2023-06-19');
    const kept = {
      Context:
        'Support has to look up orders for customers who mistyped their mail address. With 300 orders a day, checkout can afford to wait for the mail provider.',
      Decision:
        'We send the confirmation inside POST /orders and store the order only if the mail provider has accepted the mail.',
      Consequences:
        'Good: no order exists without a confirmation. Bad: checkout is never faster or more available than the mail provider.',
    };
    for (const [title, words] of Object.entries(kept)) {
      const now = text('adr-0003.md', title);
      expect(now === words, `adr-0003.md, ${title} was changed, to "${now}"`).toBe(true);
    }
  });

  it('links only to what exists', () => {
    const own = ['rfc.md', 'adr-0007.md', 'adr-0003.md', 'summary.md'];
    const targets = own.flatMap((file) =>
      linkTargets(documents[file] ?? '').map((target) => ({ file, target })),
    );
    const local = targets.filter(({ target }) => !/^[a-z][a-z+.-]*:/i.test(target));
    expect(local.length, 'relative links in the four files').toBeGreaterThanOrEqual(1);
    for (const { file, target } of local) {
      const path = pathOf(target) === '' ? file : pathOf(target);
      expect(Object.keys(documents), `${file}: "${target}"`).toContain(path);
      const [, fragment] = target.split('#');
      if (fragment === undefined || fragment === '') continue;
      const anchors = outline(path).map(({ title }) => anchorOf(title));
      expect(anchors, `${file}: "${target}", headings of ${path}`).toContain(fragment);
    }
  });
});

/** The fragment that GitHub and most renderers give a heading. */
const anchorOf = (title: string) =>
  title
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');

describe('6. Tell it without technical terms', () => {
  const parts = ['Effect', 'Risk', 'Decision needed'];

  it('keeps the summary within 60 to 150 words', () => {
    const words = countWords(visible('summary.md'));
    expect(words, 'words in summary.md').toBeGreaterThanOrEqual(60);
    expect(words, 'words in summary.md').toBeLessThanOrEqual(150);
  });

  it.each(parts)('writes at least 12 words under "%s"', (title) => {
    expectWords(text('summary.md', title), title, 12);
  });

  it('backs the effect with a figure', () => {
    const effect = text('summary.md', 'Effect');
    expect(numbersIn(effect).length, `numbers in "${effect}"`).toBeGreaterThanOrEqual(1);
  });

  it('uses only numbers that the RFC or the problem states', () => {
    expectWords(text('summary.md', 'Effect'), 'Effect', 1);
    const known = [...numbersIn(problem), ...numbersIn(visible('rfc.md'))];
    const foreign = numbersIn(visible('summary.md')).filter((number) => !known.includes(number));
    expect(foreign.length, `only in summary.md: ${foreign.join(', ')}`).toBe(0);
  });

  it('uses no word from the list of technical terms', () => {
    expectWords(text('summary.md', 'Effect'), 'Effect', 1);
    const [, list = ''] = /^## Words .*\n+(.*)/m.exec(problem) ?? [];
    const used = list.split(', ').flatMap((term) => {
      const stem = term.replace(/y$/, '');
      const forms = new RegExp(`\\b${stem}(y|s|es|ies|d|ed|ied|ly)?\\b`, 'i');
      return forms.exec(visible('summary.md'))?.[0] ?? [];
    });
    expect(used.length, `technical terms: ${used.join(', ')}`).toBe(0);
  });

  it('says who decides, and by when', () => {
    const decision = text('summary.md', 'Decision needed');
    expect(decision, 'Decision needed').toContain(decider);
    expect(decision, 'Decision needed').toContain(decided);
  });
});
