import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import text from './review.yaml?raw';

/** The files of the patch with their number of lines after it. */
const files: Record<string, number> = {
  'migrations/0031_order_cancellation.sql': 6,
  'src/cancel-order.ts': 63,
  'src/routes.ts': 26,
  'src/cleanup-job.ts': 41,
  'src/jobs.ts': 7,
  'src/cancel-order.test.ts': 56,
};
const severities = ['blocking', 'question', 'suggestion', 'praise'];
const concerns = [
  ...['logic', 'access', 'concurrency', 'failure', 'data'],
  ...['integration', 'tests', 'docs', 'performance', 'style'],
];

interface Place {
  file: string;
  from: number;
  to: number;
}

interface Defect {
  /** Shown only to a learner who found the defect and weighed it wrongly. */
  why: string;
  shows: 'in the patch' | 'with the code around';
  serious: boolean;
  places: Place[];
  concerns: string[];
}

const at = (file: string, from: number, to = from): Place => ({ file, from, to });

const defects: Defect[] = [
  {
    why: 'any signed-in customer can cancel the order of any other',
    shows: 'in the patch',
    serious: true,
    places: [at('src/routes.ts', 15, 20), at('src/cancel-order.ts', 32, 41)],
    concerns: ['access', 'logic'],
  },
  {
    why: 'two requests at once both book a refund',
    shows: 'in the patch',
    serious: true,
    places: [at('src/cancel-order.ts', 32, 53), at('src/cancel-order.ts', 58, 62)],
    concerns: ['concurrency', 'data'],
  },
  {
    why: 'seats are freed outside the transaction, so they can be sold while the order stays paid',
    shows: 'in the patch',
    serious: true,
    places: [at('src/cancel-order.ts', 54, 57)],
    concerns: ['failure', 'data', 'concurrency'],
  },
  {
    why: 'every refund of an order above 40 euros is too high',
    shows: 'in the patch',
    serious: true,
    places: [at('src/cancel-order.ts', 18, 23), at('src/cancel-order.ts', 8, 9)],
    concerns: ['logic', 'data'],
  },
  {
    why: 'a job that fails is reported as done; whether that breaks production may be argued',
    shows: 'in the patch',
    serious: false,
    places: [at('src/cleanup-job.ts', 15, 18)],
    concerns: ['failure', 'concurrency', 'logic', 'integration'],
  },
  {
    why: 'the test passes when nothing is thrown; how urgent that is may be argued',
    shows: 'in the patch',
    serious: false,
    places: [at('src/cancel-order.test.ts', 42, 49)],
    concerns: ['tests'],
  },
  {
    why: 'a wrong number in a comment does no damage today',
    shows: 'in the patch',
    serious: false,
    places: [at('src/cancel-order.ts', 25, 31), at('src/cancel-order.ts', 7)],
    concerns: ['docs', 'logic'],
  },
  {
    why: 'a cancelled ticket opens the gate although its seat is sold again',
    shows: 'with the code around',
    serious: true,
    places: [
      at('src/cancel-order.ts', 58, 61),
      at('src/cancel-order.ts', 42),
      at('migrations/0031_order_cancellation.sql', 1, 6),
    ],
    concerns: ['integration', 'access', 'logic'],
  },
  {
    why: 'invoices that must be kept for ten years are deleted',
    shows: 'with the code around',
    serious: true,
    places: [at('src/cleanup-job.ts', 20, 26), at('src/cleanup-job.ts', 5, 7)],
    concerns: ['data', 'integration'],
  },
];

/** Looks suspicious and is right: why a remark there is a false alarm. */
const sound: { places: Place[]; why: string }[] = [
  {
    places: [at('src/cleanup-job.ts', 10, 13)],
    why: 'the value in the statement is a constant of the module; nothing from outside reaches it',
  },
  {
    places: [at('migrations/0031_order_cancellation.sql', 1, 6)],
    why: 'the column may be empty, so existing rows need no value; the index is built without a lock',
  },
  {
    places: [at('src/cleanup-job.ts', 29, 41)],
    why: 'the UPDATE demands the old status, so a payment in the meantime wins',
  },
  {
    places: [at('src/cancel-order.test.ts', 36, 40)],
    why: 'the description allows cancelling until exactly 24 hours before the show',
  },
  {
    places: [at('src/routes.ts', 18), at('src/routes.ts', 21, 25)],
    why: 'an id that is no number finds nothing, and Express 5 passes a rejected handler on',
  },
];

interface Comment {
  /** How messages name it: "comment 2 (src/jobs.ts 5-7)". */
  name: string;
  place: Place | undefined;
  severity: string;
  concern: string;
  reason: string;
  proposal: string;
  question: string;
}

const document = parseDocument(text);

/** The learner's file; a fault of syntax fails every test that needs it, with its line. */
function review(): Record<string, unknown> {
  const [fault = ''] = document.errors.map(({ message }) => message.split('\n')[0]);
  expect(document.errors.length, `review.yaml is not valid YAML: ${fault}`).toBe(0);
  let value: unknown;
  try {
    value = document.toJS();
  } catch (problem) {
    value = problem instanceof Error ? problem.message : problem;
  }
  expect(
    isRecord(value) ? 'fields' : value,
    'review.yaml must hold the fields verdict, summary, comments, and remarks',
  ).toBe('fields');
  return isRecord(value) ? value : {};
}

/** Fewer than three prove nothing, and fail every test that is about comments. */
function comments(): Comment[] {
  const list = review()['comments'] ?? [];
  expect(Array.isArray(list), '`comments` must be a list, one entry per finding').toBe(true);
  const entries: unknown[] = Array.isArray(list) ? list : [];
  expect(entries.length, 'number of entries in `comments`').toBeGreaterThanOrEqual(3);
  return entries.map((entry, index) => {
    const fields = isRecord(entry) ? entry : {};
    const place = placeOf(fields);
    return {
      name: `comment ${index + 1} (${prose(fields['file']) || 'no file'} ${prose(fields['lines']) || 'no lines'})`,
      place,
      severity: word(fields['severity']),
      concern: word(fields['concern']),
      reason: prose(fields['reason']),
      proposal: prose(fields['proposal']),
      question: prose(fields['question']),
    };
  });
}

function placeOf(fields: Record<string, unknown>): Place | undefined {
  const path = prose(fields['file']).replace(/^\.?\//, '');
  const file = Object.keys(files).find((name) => name === path || name.endsWith(`/${path}`));
  const lines = Array.isArray(fields['lines']) ? fields['lines'].join('-') : prose(fields['lines']);
  const range = /^L?(\d+)(?:\s*(?:-|–|—|,|:|\.\.|to)\s*L?(\d+))?$/i.exec(lines);
  if (file === undefined || path === '' || range === null) return undefined;
  const first = Number(range[1]);
  const last = Number(range[2] ?? first);
  return at(file, Math.min(first, last), Math.max(first, last));
}

/** One of the words that the brief lists, however it is written. */
function word(value: unknown): string {
  return prose(value)
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-');
}

function prose(value: unknown): string {
  if (Array.isArray(value)) return value.map(prose).join(' ').trim();
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const wordsIn = (value: string) => value.split(/\s+/).filter(Boolean).length;

const remarksOf = (list: Comment[]) => list.filter(({ severity }) => severity !== 'praise');

function standsOn({ place }: Comment, places: Place[]): boolean {
  return places.some(
    ({ file, from, to }) => place?.file === file && place.from <= to && from <= place.to,
  );
}

const finds = (comment: Comment, defect: Defect) =>
  standsOn(comment, defect.places) && defect.concerns.includes(comment.concern);

/** As many defects as possible, each with a comment of its own. */
function found(list: Comment[]): Set<Defect> {
  const finder = new Map<Comment, Defect>();
  const assign = (defect: Defect, tried: Set<Comment>): boolean =>
    list.some((comment) => {
      if (tried.has(comment) || !finds(comment, defect)) return false;
      tried.add(comment);
      const other = finder.get(comment);
      if (other !== undefined && !assign(other, tried)) return false;
      finder.set(comment, defect);
      return true;
    });
  for (const defect of defects) assign(defect, new Set());
  return new Set(finder.values());
}

/** What to look at next, without saying what is there. */
function progress(shows: Defect['shows']): { count: number; message: string } {
  const list = remarksOf(comments());
  const hits = found(list);
  const group = defects.filter((defect) => defect.shows === shows);
  const missing = group.filter((defect) => !hits.has(defect));
  const perFile = Object.keys(files).flatMap((file) => {
    const count = missing.filter(({ places }) => places[0]?.file === file).length;
    return count === 0 ? [] : [`${count} in ${file}`];
  });
  const near = list.filter(
    (comment) =>
      comment.concern !== 'style' &&
      !defects.some((defect) => finds(comment, defect)) &&
      missing.some(({ places }) => standsOn(comment, places)),
  );
  return {
    count: group.length - missing.length,
    message: [
      `found ${group.length - missing.length} of ${group.length} that show ${shows}`,
      `still hidden: ${perFile.join(', ') || 'none'}`,
      ...near.map(({ name, concern }) => `${name} stands on one, but not for \`${concern}\``),
    ].join('; '),
  };
}

describe('1. Write comments that can be acted on', () => {
  /** Fails with the names of the comments that break a rule. */
  function expectNone(what: string, breaks: (comment: Comment) => boolean): void {
    const offenders = comments()
      .filter(breaks)
      .map(({ name }) => name);
    expect(offenders.length, `${what}: ${offenders.join('; ')}`).toBe(0);
  }

  it('holds at least three comments', () => {
    expect(comments().length).toBeGreaterThanOrEqual(3);
  });

  it('places every comment on one to fifteen lines of a file of the patch', () => {
    expectNone('no file of the patch, or unusable lines', ({ place }) => {
      if (place === undefined || place.from < 1) return true;
      return place.to > (files[place.file] ?? 0) || place.to - place.from >= 15;
    });
  });

  it('gives every comment a severity', () => {
    expectNone(
      `severity is none of ${severities.join(', ')}`,
      ({ severity }) => !severities.includes(severity),
    );
  });

  it('names a concern with every comment that is not praise', () => {
    expectNone(
      `concern is none of ${concerns.join(', ')}`,
      ({ severity, concern }) => severity !== 'praise' && !concerns.includes(concern),
    );
  });

  it('gives every comment a reason of eight words or more', () => {
    expectNone('no reason of eight words', ({ reason }) => wordsIn(reason) < 8);
  });

  it('proposes or asks something with every comment that is not praise', () => {
    expectNone(
      'no proposal of three words and no question that ends with "?"',
      ({ severity, proposal, question }) =>
        severity !== 'praise' && wordsIn(proposal) < 3 && !question.endsWith('?'),
    );
  });
});

describe('2. Find what the patch shows by itself', () => {
  it('finds three of the seven defects', () => {
    const { count, message } = progress('in the patch');
    expect(count, message).toBeGreaterThanOrEqual(3);
  });

  it('finds six of the seven defects', () => {
    const { count, message } = progress('in the patch');
    expect(count, message).toBeGreaterThanOrEqual(6);
  });
});

describe('3. Find what only the code around shows', () => {
  it('finds one of the two defects', () => {
    const { count, message } = progress('with the code around');
    expect(count, message).toBeGreaterThanOrEqual(1);
  });

  it('finds both defects', () => {
    const { count, message } = progress('with the code around');
    expect(count, message).toBe(2);
  });
});

describe('4. Weigh the findings', () => {
  /** The serious defects that were found, with the remarks that found them. */
  function serious(): { why: string; by: Comment[]; weights: string[] }[] {
    const list = remarksOf(comments());
    return [...found(list)]
      .filter((defect) => defect.serious)
      .map((defect) => {
        const by = list.filter((comment) => finds(comment, defect));
        return { why: defect.why, by, weights: by.map(({ severity }) => severity) };
      });
  }

  it('marks what does damage as blocking, or asks about it', () => {
    expect(serious().length, 'serious defects found').toBeGreaterThanOrEqual(1);
    const playedDown = serious()
      .filter(({ weights }) => !weights.includes('blocking') && !weights.includes('question'))
      .map(({ by, why }) => `${by.map(({ name }) => name).join(', ')}: ${why}`);
    expect(playedDown.length, `serious, but only a suggestion: ${playedDown.join('; ')}`).toBe(0);
  });

  it('asks about two serious defects at most', () => {
    const asked = serious()
      .filter(({ weights }) => !weights.includes('blocking') && weights.includes('question'))
      .map(({ by, why }) => `${by.map(({ name }) => name).join(', ')}: ${why}`);
    expect(
      asked.length,
      `asked, although the material answers it: ${asked.join('; ')}`,
    ).toBeLessThan(3);
  });

  it('lets no remark on docs or style block the patch', () => {
    const petty = comments()
      .filter(({ severity }) => severity === 'blocking')
      .filter(({ concern }) => concern === 'docs' || concern === 'style')
      .map(({ name, concern }) => `${name}: ${concern}`);
    expect(petty.length, `blocking, although merging it does no damage: ${petty.join('; ')}`).toBe(
      0,
    );
  });

  /** Remarks outside the nine defects that cost the author time. */
  function noise(): Comment[] {
    return remarksOf(comments()).filter(
      (comment) =>
        comment.place !== undefined &&
        comment.concern !== 'tests' &&
        !defects.some(({ places }) => standsOn(comment, places)),
    );
  }

  const explain = (comment: Comment) => {
    const why = sound.find(({ places }) => standsOn(comment, places))?.why;
    return why === undefined ? comment.name : `${comment.name}: ${why}`;
  };

  it('blocks at most once outside the nine defects', () => {
    const alarms = noise().filter(({ severity }) => severity === 'blocking');
    const message = `blocking, with none of the nine there: ${alarms.map(explain).join('; ')}`;
    expect(alarms.length, message).toBeLessThanOrEqual(1);
  });

  it('makes at most three remarks outside the nine defects', () => {
    const message = `none of the nine is there: ${noise().map(explain).join('; ')}`;
    expect(noise().length, message).toBeLessThanOrEqual(3);
  });

  it('makes at most fifteen remarks in all', () => {
    expect(remarksOf(comments()).length, 'comments that are not praise').toBeLessThanOrEqual(15);
  });

  it('praises at least one thing', () => {
    const praise = comments().filter(({ severity }) => severity === 'praise');
    expect(praise.length, 'comments with severity praise').toBeGreaterThanOrEqual(1);
  });

  it('gives the verdict that its own remarks demand', () => {
    const verdict = word(review()['verdict']);
    const open = [
      ...comments().filter(({ severity }) => severity === 'blocking'),
      ...serious().flatMap(({ by }) => by.filter(({ severity }) => severity === 'question')),
    ];
    const names = open.map(({ name, severity }) => `${severity} ${name}`).join(', ');
    const calm = remarksOf(comments()).length > 0 ? 'comment' : 'approve';
    expect(
      verdict,
      open.length > 0 ? `still open: ${names}` : 'no remark blocks or asks about a serious defect',
    ).toBe(open.length > 0 ? 'request-changes' : calm);
  });

  it('sums the review up in 10 to 80 words', () => {
    const words = wordsIn(prose(review()['summary']));
    expect(words, 'words in `summary`').toBeGreaterThanOrEqual(10);
    expect(words, 'words in `summary`').toBeLessThanOrEqual(80);
  });
});

describe('5. Reword six remarks', () => {
  const key: Record<string, { right: string; why: Record<string, string> }> = {
    r1: {
      right: 'linter',
      why: {
        a: 'well worded, but a formatter sorts imports and nobody has to ask',
        b: 'speaks about the author, and a formatter sorts imports',
        c: 'says neither what was seen nor what to do, and a formatter sorts imports',
      },
    },
    r2: {
      right: 'linter',
      why: {
        a: 'speaks about the author, and every linter finds an unused variable',
        b: 'well worded, but every linter finds an unused variable',
        c: 'judges, and every linter finds an unused variable',
      },
    },
    r3: {
      right: 'a',
      why: {
        b: 'judges the author and proposes nothing',
        c: 'says neither what was seen nor what follows from it',
        linter: 'no usual rule knows that a shop can be without orders',
      },
    },
    r4: {
      right: 'c',
      why: {
        a: 'says neither what was seen nor what to do',
        b: 'judges the author and does not say what was seen in this line',
        linter: 'no usual rule knows that the function behind the call runs a query',
      },
    },
  };
  const judgments =
    /\b(obviously|clearly|simply|just|lazy|careless|sloppy|stupid|mess|unbelievable|seriously)\b/i;
  const address = /\b(you|your|yours)\b/i;

  function answer(id: string): unknown {
    const remarks = review()['remarks'];
    return isRecord(remarks) ? remarks[id] : undefined;
  }

  it.each(['r1', 'r2', 'r3', 'r4'])('chooses for %s', (id) => {
    const choice = word(answer(id));
    const why = key[id]?.why[choice] ?? 'choose a, b, c, or linter';
    expect(choice === key[id]?.right, `${id}: "${choice}": ${why}`).toBe(true);
  });

  const parts = ['observation', 'effect', 'suggestion'];

  function written(id: string): string[] {
    const remark = answer(id);
    return parts.map((part) => (isRecord(remark) ? prose(remark[part]) : ''));
  }

  const rewritten = [
    { id: 'r5', subject: 'getUser' },
    { id: 'r6', subject: 'loadPrices' },
  ];

  it.each(rewritten)('writes three parts of 5 to 40 words for $id', ({ id }) => {
    written(id).forEach((value, index) => {
      const message = `${id}, ${parts[index]}: words in "${value}"`;
      expect(wordsIn(value), message).toBeGreaterThanOrEqual(5);
      expect(wordsIn(value), message).toBeLessThanOrEqual(40);
    });
  });

  it.each(rewritten)('names the function in the observation of $id', ({ id, subject }) => {
    const [observation] = written(id);
    expect(observation?.toLowerCase(), `${id}, observation`).toContain(subject.toLowerCase());
  });

  it.each(rewritten)('judges no person in $id', ({ id }) => {
    const [observation = '', effect = '', suggestion = ''] = written(id);
    expect(observation + effect + suggestion, `${id} is not written yet`).not.toBe('');
    for (const value of [observation, effect, suggestion]) {
      expect(judgments.exec(value)?.[0], `${id}: word that judges in "${value}"`).toBeUndefined();
    }
    for (const value of [observation, effect]) {
      expect(
        address.exec(value)?.[0],
        `${id}: the author instead of the code in "${value}"`,
      ).toBeUndefined();
    }
  });

  it('writes no two parts alike', () => {
    const all = rewritten.flatMap(({ id }) => written(id)).map((value) => value.toLowerCase());
    expect(new Set(all).size, `six different parts in r5 and r6`).toBe(6);
  });
});
