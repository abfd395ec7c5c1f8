import { linesBehind, loopholes, snippets, widenUnion } from '#kit/typecheck';
import { describe, expect, test } from 'vitest';
import {
  assertPayment,
  describePayment,
  isFailureReason,
  isPayment,
  parsePayment,
  scheduleReceipts,
} from './kata';
import kata from './kata.ts?raw';

/** One payment in each state, as it comes from outside: with optional fields and without, with 0 and ''. */
const VALID = {
  pending: { status: 'pending', id: 'p1', amountCents: 1250 },
  'pending with a note': { status: 'pending', id: 'p2', amountCents: 1, note: 'birthday' },
  authorized: { status: 'authorized', id: 'p3', amountCents: 900, authorizationCode: 'A77' },
  captured: { status: 'captured', id: 'p4', amountCents: 900, capturedAt: 1700000000000 },
  'captured with a fee': {
    status: 'captured',
    id: 'p5',
    amountCents: 900,
    capturedAt: 1700000000000,
    feeCents: 27,
    note: 'gift',
  },
  failed: { status: 'failed', id: 'p6', amountCents: 80, reason: 'card_expired' },
};
const EMPTY = {
  'pending with 0 and empty texts': { status: 'pending', id: '', amountCents: 0, note: '' },
  'authorized with an empty code': {
    status: 'authorized',
    id: '',
    amountCents: 0,
    authorizationCode: '',
  },
  'captured at 0 with a fee of 0': {
    status: 'captured',
    id: '',
    amountCents: 0,
    capturedAt: 0,
    feeCents: 0,
  },
};
const OPTIONAL = ['note', 'feeCents'];

/** Values of every sort that JSON knows, none of them a payment or a word of the table. */
const ODD_VALUES = [undefined, null, true, 0, 7, '', 'x', [], {}];

/** Values that carry the right status and little else. */
const UNFINISHED = {
  pending: { status: 'pending' },
  authorized: { status: 'authorized', id: 'p1', amountCents: 1 },
  captured: { status: 'captured', id: 'p1', amountCents: 1, capturedAt: '2026-01-01' },
  failed: { status: 'failed', id: 'p1', amountCents: 1, reason: 'bad_weather' },
};

const REASONS = ['insufficient_funds', 'card_expired', 'fraud_suspected'];

const PRELUDE = `import { assertPayment, describePayment, isFailureReason, isPayment, parsePayment, scheduleReceipts, type FailureReason, type Payment } from './kata';
declare const input: unknown;
declare const payment: Payment;`;

/**
 * The kata with one more state. It has every field, so that no field that happens to be missing raises
 * the alarm.
 */
const widened = widenUnion(
  kata,
  'Payment',
  `{ readonly status: 'disputed'; readonly id: string; readonly amountCents: number; readonly note?: string; readonly authorizationCode: string; readonly capturedAt: number; readonly feeCents?: number; readonly reason: FailureReason }`,
);

const sources = { 'kata.ts': kata, 'widened.ts': widened ?? kata };
const verdicts = snippets(sources, PRELUDE, {
  states: `
    const p1: Payment = { status: 'pending', id: 'p', amountCents: 1 };
    const p2: Payment = { status: 'authorized', id: 'p', amountCents: 1, authorizationCode: 'A' };
    const p3: Payment = { status: 'captured', id: 'p', amountCents: 1, capturedAt: 5 };
    const p4: Payment = { status: 'captured', id: 'p', amountCents: 1, capturedAt: 5, feeCents: 3 };
    const p5: Payment = { status: 'failed', id: 'p', amountCents: 1, reason: 'card_expired' };
    const p6: Payment = { status: 'failed', id: 'p', amountCents: 1, reason: 'fraud_suspected', note: 'n' };
    const p7: Payment = { status: 'authorized', id: 'p', amountCents: 1, authorizationCode: 'A', note: '' };
  `,
  missing: `
    const p1: Payment = { status: 'pending', amountCents: 1 }; // error
    const p2: Payment = { status: 'pending', id: 'p' }; // error
    const p3: Payment = { status: 'authorized', id: 'p', amountCents: 1 }; // error
    const p4: Payment = { status: 'captured', id: 'p', amountCents: 1, feeCents: 3 }; // error
    const p5: Payment = { status: 'failed', id: 'p', amountCents: 1 }; // error
    const p6: Payment = { id: 'p', amountCents: 1 }; // error
  `,
  foreign: `
    const p1: Payment = { status: 'pending', id: 'p', amountCents: 1, capturedAt: 5 }; // error
    const p2: Payment = { status: 'failed', id: 'p', amountCents: 1, reason: 'card_expired', feeCents: 3 }; // error
    const p3: Payment = { status: 'captured', id: 'p', amountCents: 1, capturedAt: 5, authorizationCode: 'A' }; // error
  `,
  words: `
    const r1: FailureReason = 'insufficient_funds';
    const r2: FailureReason = 'card_expired';
    const r3: FailureReason = 'fraud_suspected';
    const r4: FailureReason = 'bad_weather'; // error
    const s1: Payment['status'][] = ['pending', 'authorized', 'captured', 'failed'];
    const s2: Payment['status'] = 'paid'; // error
    const p1: Payment = { status: 'paid', id: 'p', amountCents: 1 }; // error
    const p2: Payment = { status: 'failed', id: 'p', amountCents: 1, reason: 'bad_weather' }; // error
    const p3: Payment = { status: 'pending', id: 'p', amountCents: '1' }; // error
  `,
  optional: `
    const p1: Payment = { status: 'pending', id: 'p', amountCents: 1, note: undefined }; // error
    const p2: Payment = { status: 'captured', id: 'p', amountCents: 1, capturedAt: 5, feeCents: undefined }; // error
    const p3: Payment = { status: 'pending', id: 'p', amountCents: 1, note: null }; // error
    const note: string | undefined = payment.note;
  `,
  narrowing: `
    const always: [string, number] = [payment.id, payment.amountCents];
    const at: number = payment.capturedAt; // error
    const code: string = payment.authorizationCode; // error
    if (payment.status === 'captured') { const n: number = payment.capturedAt; }
    if (payment.status === 'captured') { const n: number | undefined = payment.feeCents; }
    if (payment.status === 'captured') { const s: string = payment.reason; } // error
    if (payment.status === 'authorized') { const s: string = payment.authorizationCode; }
    if (payment.status === 'failed') { const r: FailureReason = payment.reason; }
    if (payment.status === 'failed') { const n: number = payment.capturedAt; } // error
  `,
  predicates: `
    if (isFailureReason(input)) { const r: FailureReason = input; }
    if (isFailureReason(input)) { const r: 'card_expired' = input; } // error
    const r: FailureReason = input; // error
    if (isPayment(input)) { const p: Payment = input; }
    if (isPayment(input)) { const n: number = input.capturedAt; } // error
    const p: Payment = input; // error
    const answers: boolean[] = [isPayment(null), isPayment('x'), isFailureReason(7)];
  `,
  assertion: `
    const asserted = (value: unknown): Payment => { assertPayment(value); return value; };
    const tooMuch = (value: unknown): number => { assertPayment(value); return value.capturedAt; }; // error
    const unchecked = (value: unknown): Payment => { return value; }; // error
  `,
  parsed: `
    const p: Payment = parsePayment('{}');
    const at: number = parsePayment('{}').capturedAt; // error
    parsePayment(input); // error
  `,
  described: `
    const text: string = describePayment(payment);
    describePayment({ status: 'paid', id: 'p', amountCents: 1 }); // error
    describePayment(input); // error
  `,
  scheduled: `
    const frozen: readonly Payment[] = [payment];
    scheduleReceipts(frozen, (job) => { const text: string = job(); });
    scheduleReceipts(frozen, (job) => { const count: number = job(); }); // error
    scheduleReceipts([input], (job) => { job(); }); // error
  `,
});

describe('1. Model the four states', () => {
  test('each state takes its own fields, with and without the optional ones', () => {
    expectCompiled('states');
  });

  test('a state that lacks one of its fields does not compile', () => {
    expectCompiled('missing');
  });

  test('a state with a field of another state does not compile', () => {
    expectCompiled('foreign');
  });

  test('status and reason take the listed words only', () => {
    expectCompiled('words');
  });

  test('an optional field may be left out, but neither be undefined nor null', () => {
    expectCompiled('optional');
  });

  test('the fields of a state can be read after a test of the status, and only then', () => {
    expectCompiled('narrowing');
  });
});

describe('2. Promise only what was checked', () => {
  test('the predicates narrow unknown to the type that they check', () => {
    expectCompiled('predicates');
  });

  test('isFailureReason says yes to the three words only', () => {
    for (const reason of REASONS) expect(isFailureReason(reason), show(reason)).toBe(true);
    for (const value of [...ODD_VALUES, 'Card_Expired', 'toString', '__proto__', ['card_expired']])
      expect(isFailureReason(value), show(value)).toBe(false);
  });

  test.each(Object.entries(VALID))('isPayment says yes to a payment: %s', (_, value) => {
    expect(isPayment(value), show(value)).toBe(true);
  });

  test.each(Object.entries(EMPTY))('0 and the empty text are values: %s', (_, value) => {
    expect(isPayment(value), show(value)).toBe(true);
  });

  test('isPayment says yes to a payment with unknown extra fields', () => {
    const value = { ...VALID.captured, merchant: { city: 'Porto' } };
    expect(isPayment(value), show(value)).toBe(true);
  });

  test('isPayment says no, without an error, to what is no object', () => {
    for (const value of [...ODD_VALUES, 'pending', ['pending']])
      expect(isPayment(value), show(value)).toBe(false);
  });

  test.each(Object.entries(VALID))('isPayment says no when a field is missing: %s', (_, value) => {
    for (const key of Object.keys(value).filter((name) => !OPTIONAL.includes(name))) {
      const broken = without(value, key);
      expect(isPayment(broken), show(broken)).toBe(false);
    }
  });

  test.each(Object.entries(VALID))(
    'isPayment says no when a field has a value of another type: %s',
    (_, value) => {
      for (const [key, right] of Object.entries(value))
        for (const wrong of ODD_VALUES) {
          if (typeof wrong === typeof right || wrong === undefined) continue;
          const broken = { ...value, [key]: wrong };
          expect(isPayment(broken), show(broken)).toBe(false);
        }
    },
  );

  test('isPayment says no to an optional field that is there as undefined', () => {
    for (const broken of [
      { ...VALID.pending, note: undefined },
      { ...VALID.captured, feeCents: undefined },
    ])
      expect(isPayment(broken), show(broken)).toBe(false);
  });

  test('isPayment says no to a word that is not in the table', () => {
    for (const status of ['', 'paid', 'Pending', 'toString', 'constructor', '__proto__']) {
      const broken = { ...VALID['captured with a fee'], status };
      expect(isPayment(broken), show(broken)).toBe(false);
    }
    for (const reason of ['', 'bad_weather', 'toString', 'constructor', '__proto__']) {
      const broken = { ...VALID.failed, reason };
      expect(isPayment(broken), show(broken)).toBe(false);
    }
  });
});

describe('3. Stop bad input at the door', () => {
  test('after assertPayment the value is a payment for the compiler', () => {
    expectCompiled('assertion');
  });

  test('assertPayment lets each payment pass', () => {
    for (const value of Object.values({ ...VALID, ...EMPTY }))
      expect(
        errorName(() => assertPayment(value)),
        show(value),
      ).toBe('none');
  });

  test('assertPayment throws a TypeError for anything else', () => {
    for (const value of [...ODD_VALUES, ...Object.values(UNFINISHED)])
      expect(
        errorName(() => assertPayment(value)),
        show(value),
      ).toBe('TypeError');
  });

  test('parsePayment returns a Payment, for the compiler too', () => {
    expectCompiled('parsed');
  });

  test('parsePayment returns the payment in the text', () => {
    for (const value of Object.values({ ...VALID, ...EMPTY }))
      expect(parsePayment(JSON.stringify(value))).toEqual(value);
  });

  test('parsePayment throws a TypeError when the text holds something else', () => {
    for (const value of [null, 7, 'pending', [], {}, ...Object.values(UNFINISHED)]) {
      const json = JSON.stringify(value);
      expect(
        errorName(() => parsePayment(json)),
        json,
      ).toBe('TypeError');
    }
  });

  test('parsePayment throws a SyntaxError when the text is not JSON', () => {
    for (const text of ['', '{', 'pending'])
      expect(
        errorName(() => parsePayment(text)),
        show(text),
      ).toBe('SyntaxError');
  });
});

describe('4. Describe every state', () => {
  const base = { id: 'pay_1', amountCents: 1250 } as const;

  test('describePayment takes a Payment and returns a string', () => {
    expectCompiled('described');
  });

  test('each state has its sentence', () => {
    expect(describePayment({ ...base, status: 'pending' })).toBe('pay_1 waits for 1250 cents');
    expect(describePayment({ ...base, status: 'authorized', authorizationCode: 'A77' })).toBe(
      'pay_1 holds 1250 cents under A77',
    );
    expect(describePayment({ ...base, status: 'captured', capturedAt: 5, feeCents: 36 })).toBe(
      'pay_1 took 1250 cents, fee 36',
    );
    expect(describePayment({ ...base, status: 'failed', reason: 'card_expired' })).toBe(
      'pay_1 failed: card_expired',
    );
  });

  test('a fee that is not there is unknown', () => {
    expect(describePayment({ ...base, status: 'captured', capturedAt: 5 })).toBe(
      'pay_1 took 1250 cents, fee unknown',
    );
  });

  test('a fee of 0 is known', () => {
    expect(describePayment({ ...base, status: 'captured', capturedAt: 5, feeCents: 0 })).toBe(
      'pay_1 took 1250 cents, fee 0',
    );
  });

  test('a state added to Payment breaks the compilation of describePayment', () => {
    expect(widened, 'Payment must be declared as `type Payment = ...` in kata.ts').toBeDefined();
    const lines = linesBehind(kata, 'describePayment');
    const alarms = verdicts.problems('widened.ts').filter(({ line }) => lines.has(line));
    expect(
      alarms.length,
      "With a state 'disputed' that has the fields of all others, describePayment still compiles. Errors in it",
    ).toBeGreaterThan(0);
  });
});

describe('5. Keep the narrowing in a callback', () => {
  const at = (id: string, capturedAt: number) =>
    ({ status: 'captured', id, amountCents: 1, capturedAt }) as const;

  function jobsFor(payments: Parameters<typeof scheduleReceipts>[0]): (() => string)[] {
    const jobs: (() => string)[] = [];
    scheduleReceipts(payments, (job) => void jobs.push(job));
    return jobs;
  }

  test('scheduleReceipts takes payments and hands out jobs that return a string', () => {
    expectCompiled('scheduled');
  });

  test('a job returns the receipt of its payment', () => {
    expect(jobsFor([at('p1', 1700000000000)]).map((job) => job())).toEqual([
      'receipt for p1, captured at 1700000000000',
    ]);
  });

  test('jobs that run after the loop still speak of their own payment', () => {
    expect(jobsFor([at('p1', 10), at('p2', 20), at('p3', 0)]).map((job) => job())).toEqual([
      'receipt for p1, captured at 10',
      'receipt for p2, captured at 20',
      'receipt for p3, captured at 0',
    ]);
  });

  test('payments in other states get no job', () => {
    const jobs = jobsFor([
      { status: 'pending', id: 'p1', amountCents: 1 },
      at('p2', 20),
      { status: 'failed', id: 'p3', amountCents: 1, reason: 'card_expired' },
      { status: 'authorized', id: 'p4', amountCents: 1, authorizationCode: 'A' },
    ]);
    expect(jobs.map((job) => job())).toEqual(['receipt for p2, captured at 20']);
  });

  test('no payments, no jobs', () => {
    expect(jobsFor([])).toEqual([]);
  });
});

describe('6. Leave no loophole', () => {
  test('kata.ts compiles under the flags of tsconfig.json', () => {
    const lines = verdicts
      .problems('kata.ts')
      .map(({ line, message }) => `line ${line}: ${message}`);
    expect(lines, lines.join('\n')).toEqual([]);
  });

  test('kata.ts holds no any, no type assertion, no ! and no comment that silences the compiler', () => {
    const found = loopholes(kata);
    expect(found, found.join('\n')).toEqual([]);
  });
});

function expectCompiled(snippet: string): void {
  const found = verdicts(snippet);
  expect(found, found.join('\n')).toEqual([]);
}

function without(value: object, key: string): object {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}

function errorName(action: () => unknown): string {
  try {
    action();
    return 'none';
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}

/** JSON, but with undefined in it. */
function show(value: unknown): string {
  const json = JSON.stringify(value, (_, part: unknown) => (part === undefined ? '<none>' : part));
  return `for ${json.replaceAll('"<none>"', 'undefined')}`;
}
