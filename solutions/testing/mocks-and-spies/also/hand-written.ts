// Uses no mocking library: each double is a few lines of plain TypeScript, and the clock is a fake of
// its own that fires what is due in order, letting promises settle in between.

import { expect } from 'vitest';
import type { Suite } from '#kit/suite';

export interface Order {
  id: string;
  email: string;
  items: readonly Item[];
}

export interface Item {
  sku: string;
  quantity: number;
  /** In cents. */
  unitPrice: number;
}

export interface Payments {
  /**
   * Takes money from the customer. A second request with the same key takes nothing: it gets the
   * answer of the first one.
   *
   * @param request.amount in cents.
   * @throws when the payment provider cannot be reached.
   */
  charge(request: { amount: number; idempotencyKey: string }): Promise<'paid' | 'declined'>;
}

export interface Mailer {
  /**
   * Sends the receipt.
   *
   * @throws when the mail server refuses the mail.
   */
  send(mail: { to: string; orderId: string; amount: number }): Promise<void>;
}

export interface Stock {
  /** Reserves pieces for an order, or none and returns false when fewer are available. */
  reserve(orderId: string, sku: string, quantity: number): Promise<boolean>;
  /** Makes available again what is reserved for the order, if anything. */
  release(orderId: string): Promise<void>;
  /** Sells what is reserved for the order. */
  commit(orderId: string): Promise<void>;
}

export interface Clock {
  /** Runs the callback once, after so many milliseconds. Returns a function that cancels it. */
  after(milliseconds: number, callback: () => void): () => void;
}

/** The clock of production: it uses the timers of the platform. */
export const systemClock: Clock = {
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** How a checkout ended. */
export type Outcome =
  | { status: 'paid'; amount: number }
  | { status: 'declined' }
  | { status: 'out of stock' }
  | { status: 'payment failed' };

export interface CheckoutService {
  /**
   * Sells an order.
   *
   * 1. Reserves all items. If the stock refuses one, the outcome is `out of stock`, and nothing is
   *    charged.
   * 2. Charges the sum of unit price times quantity, once, with the id of the order as idempotency
   *    key.
   * 3. An attempt to charge has failed when it rejects, or has no answer after 5,000 ms. 1,000 ms
   *    after the first failure follows a second attempt with the same request; when it has failed
   *    too, the outcome is `payment failed`. A declined payment is an answer: the outcome is
   *    `declined`.
   * 4. Once it is paid, commits the order to the stock, and only then sends one receipt, to the
   *    customer, with the id of the order and the amount. The outcome is `paid`, with the amount,
   *    also when the receipt cannot be sent.
   * 5. With every other outcome, nothing stays reserved for the order, and no mail is sent.
   * 6. When it has resolved, none of its timers is left waiting.
   *
   * It does not promise in which order it reserves the items, how often it releases, which timers
   * it starts and cancels on the way, and whether it waits until the mail has arrived.
   */
  checkout(order: Order): Promise<Outcome>;
}

/** Makes a service that works with these collaborators. */
export type CreateCheckout = (collaborators: {
  payments: Payments;
  mailer: Mailer;
  stock: Stock;
  clock: Clock;
}) => CheckoutService;

type Answer = 'paid' | 'declined' | 'broken' | 'silent';

function handMadeClock() {
  let now = 0;
  let timers: { at: number; callback: () => void }[] = [];
  const clock: Clock = {
    after(milliseconds, callback) {
      const timer = { at: now + milliseconds, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
  };
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  async function advance(milliseconds: number): Promise<void> {
    const end = now + milliseconds;
    await settle();
    for (;;) {
      const [next] = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      timers = timers.filter((timer) => timer !== next);
      now = next.at;
      next.callback();
      await settle();
    }
    now = end;
  }
  return { clock, advance, waiting: () => timers.length };
}

/** Everything that happens in the world around the service, written down. */
function world(pieces: Record<string, number>, ...answers: Answer[]) {
  const charges: unknown[] = [];
  const mails: unknown[] = [];
  const shelf = new Map(Object.entries(pieces));
  const held: [orderId: string, sku: string, quantity: number][] = [];
  const sold: [orderId: string, sku: string, quantity: number][] = [];
  const take = (orderId: string) =>
    held.splice(0).filter((entry) => entry[0] === orderId || (held.push(entry), false));
  const time = handMadeClock();
  const payments: Payments = {
    async charge(request) {
      charges.push({ ...request });
      const answer = answers.shift() ?? 'paid';
      if (answer === 'broken') throw new Error('no connection');
      return answer === 'silent' ? new Promise(() => undefined) : answer;
    },
  };
  const mailer: Mailer = {
    async send(mail) {
      mails.push({ ...mail, soldBefore: sold.length });
    },
  };
  const stock: Stock = {
    async reserve(orderId, sku, quantity) {
      const left = (shelf.get(sku) ?? 0) - quantity;
      if (left < 0) return false;
      shelf.set(sku, left);
      held.push([orderId, sku, quantity]);
      return true;
    },
    async release(orderId) {
      for (const [, sku, quantity] of take(orderId)) {
        shelf.set(sku, (shelf.get(sku) ?? 0) + quantity);
      }
    },
    async commit(orderId) {
      sold.push(...take(orderId));
    },
  };
  const collaborators = { payments, mailer, stock, clock: time.clock };
  return { collaborators, charges, mails, sold, left: () => Object.fromEntries(shelf), ...time };
}

const order: Order = {
  id: 'A-1',
  email: 'jo@example.org',
  items: [
    { sku: 'pen', quantity: 4, unitPrice: 250 },
    { sku: 'ink', quantity: 2, unitPrice: 900 },
  ],
};
const charge = { amount: 2800, idempotencyKey: 'A-1' };
const plenty = { pen: 9, ink: 9 };

export const suite: Suite<CreateCheckout> = (createCheckout, { test }) => {
  test('sells, charges and mails', async () => {
    const w = world(plenty);
    expect(await createCheckout(w.collaborators).checkout(order)).toEqual({
      status: 'paid',
      amount: 2800,
    });
    expect(w.charges).toEqual([charge]);
    expect(w.mails).toEqual([
      { to: 'jo@example.org', orderId: 'A-1', amount: 2800, soldBefore: 2 },
    ]);
    expect(w.sold).toHaveLength(2);
    expect(w.sold).toContainEqual(['A-1', 'pen', 4]);
    expect(w.sold).toContainEqual(['A-1', 'ink', 2]);
    expect(w.waiting()).toBe(0);
  });

  test('needs no mailbox to sell', async () => {
    const w = world(plenty);
    w.collaborators.mailer.send = () => Promise.reject(new Error('refused'));
    const outcome = await createCheckout(w.collaborators).checkout(order);
    expect(outcome.status).toBe('paid');
  });

  for (const [answers, ms, status, charges] of [
    [['declined', 'paid'], 0, 'declined', 1],
    [['broken', 'broken', 'paid'], 1000, 'payment failed', 2],
    [['silent', 'silent', 'paid'], 11_000, 'payment failed', 2],
  ] satisfies [Answer[], number, string, number][]) {
    test(`ends with "${status}" after ${answers.join(', ')}`, async () => {
      const w = world(plenty, ...answers);
      const outcome = createCheckout(w.collaborators).checkout(order);
      await w.advance(ms);
      expect(await outcome).toEqual({ status });
      expect(w.charges).toEqual(Array.from({ length: charges }, () => charge));
      expect(w.mails).toEqual([]);
      expect(w.left()).toEqual(plenty);
    });
  }

  for (const [first, wait] of [
    ['broken', 1000],
    ['silent', 6000],
  ] satisfies [Answer, number][]) {
    test(`tries a ${first} payment again after ${wait} ms`, async () => {
      const w = world(plenty, first);
      const outcome = createCheckout(w.collaborators).checkout(order);
      await w.advance(wait - 1);
      expect(w.charges).toHaveLength(1);
      await w.advance(1);
      expect(w.charges).toEqual([charge, charge]);
      expect((await outcome).status).toBe('paid');
    });
  }

  for (const pieces of [
    { pen: 9, ink: 1 },
    { pen: 3, ink: 9 },
  ]) {
    test(`sells nothing with ${JSON.stringify(pieces)} in stock`, async () => {
      const w = world(pieces);
      expect(await createCheckout(w.collaborators).checkout(order)).toEqual({
        status: 'out of stock',
      });
      expect([w.charges, w.mails, w.left()]).toEqual([[], [], pieces]);
    });
  }
};
