import { snippets } from '#kit/typecheck';
import { describe, expect, test } from 'vitest';
import { describePayment, isPayment, parsePayment, scheduleReceipts } from './kata';
import kata from './kata.ts?raw';

// A line that ends with `// error` must not compile, every other line must.
const verdicts = snippets(
  { 'kata.ts': kata },
  `import { isPayment, type Payment } from './kata';`,
  {
    states: `
    const p1: Payment = { status: 'pending', id: 'p', amountCents: 1, note: 'birthday' };
    const p2: Payment = { status: 'captured', id: 'p', amountCents: 1, capturedAt: 5 };
    const p3: Payment = { status: 'captured', id: 'p', amountCents: 1 }; // error
    const p4: Payment = { status: 'pending', id: 'p', amountCents: 1, note: undefined }; // error
  `,
    predicate: `
    declare const input: unknown;
    if (isPayment(input)) { const payment: Payment = input; }
    const payment: Payment = input; // error
  `,
  },
);

describe('1. Model the four states', () => {
  test('each state takes its own fields, and a field of the table may not be missing', () => {
    const found = verdicts('states');
    expect(found, found.join('\n')).toEqual([]);
  });
});

describe('2. Promise only what was checked', () => {
  test('isPayment narrows unknown to Payment', () => {
    const found = verdicts('predicate');
    expect(found, found.join('\n')).toEqual([]);
  });

  test('isPayment wants every field of the state', () => {
    const captured = { status: 'captured', id: 'p1', amountCents: 1250, capturedAt: 1700000000000 };
    expect(isPayment(captured)).toBe(true);
    expect(isPayment({ status: 'captured', id: 'p1', amountCents: 1250 })).toBe(false);
  });
});

describe('3. Stop bad input at the door', () => {
  test('parsePayment returns a payment or throws a TypeError', () => {
    const pending = { status: 'pending', id: 'p1', amountCents: 1250 };
    expect(parsePayment(JSON.stringify(pending))).toEqual(pending);
    expect(() => parsePayment('{"status":"pending"}')).toThrow(TypeError);
  });
});

describe('4. Describe every state', () => {
  test('a refused payment tells its reason', () => {
    expect(
      describePayment({ status: 'failed', id: 'p1', amountCents: 1250, reason: 'card_expired' }),
    ).toBe('p1 failed: card_expired');
  });
});

describe('5. Keep the narrowing in a callback', () => {
  test('a captured payment gets a job that writes its receipt', () => {
    const receipts: string[] = [];
    scheduleReceipts(
      [{ status: 'captured', id: 'p1', amountCents: 1250, capturedAt: 1700000000000 }],
      (job) => receipts.push(job()),
    );
    expect(receipts).toEqual(['receipt for p1, captured at 1700000000000']);
  });
});
