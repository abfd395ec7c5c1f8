// The fake clock jumps far beyond every limit at once: the suite sees that something happens some
// day, and misses a service that waits ten seconds where the contract says one.

import { expect, vi } from 'vitest';
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

const order: Order = {
  id: 'order-7',
  email: 'mina@example.org',
  items: [
    { sku: 'mug', quantity: 2, unitPrice: 1200 },
    { sku: 'tea', quantity: 3, unitPrice: 450 },
  ],
};
const amount = 3750;
const request = { amount, idempotencyKey: 'order-7' };

/** A stock on a small scale: it really counts. */
class FakeStock implements Stock {
  readonly available: Record<string, number>;
  readonly sold: Record<string, number> = {};
  #reserved: { orderId: string; sku: string; quantity: number }[] = [];

  constructor(available: Record<string, number>) {
    this.available = { ...available };
  }

  async reserve(orderId: string, sku: string, quantity: number): Promise<boolean> {
    const left = this.available[sku] ?? 0;
    if (left < quantity) return false;
    this.available[sku] = left - quantity;
    this.#reserved.push({ orderId, sku, quantity });
    return true;
  }

  async release(orderId: string): Promise<void> {
    this.#give(orderId, this.available);
  }

  async commit(orderId: string): Promise<void> {
    this.#give(orderId, this.sold);
  }

  #give(orderId: string, to: Record<string, number>): void {
    for (const { sku, quantity } of this.#reserved.filter((entry) => entry.orderId === orderId)) {
      to[sku] = (to[sku] ?? 0) + quantity;
    }
    this.#reserved = this.#reserved.filter((entry) => entry.orderId !== orderId);
  }
}

/** Tests for any checkout service that keeps the contract of `CheckoutService`. */
export const suite: Suite<CreateCheckout> = (
  createCheckout,
  { describe, test, beforeEach, afterEach },
) => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function setUp({ mug = 10, tea = 10 } = {}) {
    const stock = new FakeStock({ mug, tea });
    const charge = vi.fn<Payments['charge']>(async () => 'paid');
    const send = vi.fn<Mailer['send']>(async () => undefined);
    const { checkout } = createCheckout({
      payments: { charge },
      mailer: { send },
      stock,
      clock: systemClock,
    });
    return { stock, charge, send, checkout };
  }

  describe('a paid order', () => {
    test('charges the total once, under the id of the order', async () => {
      const { checkout, charge } = setUp();
      expect(await checkout(order)).toEqual({ status: 'paid', amount });
      expect(charge.mock.calls).toEqual([[request]]);
    });

    test('is sold by the time its one receipt is sent', async () => {
      const { checkout, send, stock } = setUp();
      const soldBefore: unknown[] = [];
      send.mockImplementation(async () => void soldBefore.push({ ...stock.sold }));
      await checkout(order);
      expect(send.mock.calls).toEqual([[{ to: 'mina@example.org', orderId: 'order-7', amount }]]);
      expect(soldBefore).toEqual([{ mug: 2, tea: 3 }]);
    });

    test('stays paid when the receipt cannot be sent', async () => {
      const { checkout, send } = setUp();
      send.mockRejectedValue(new Error('mailbox full'));
      expect(await checkout(order)).toEqual({ status: 'paid', amount });
    });
  });

  describe('an order that is not sold', () => {
    test('is declined without a second attempt, a mail or a reservation', async () => {
      const { checkout, charge, send, stock } = setUp();
      charge.mockResolvedValue('declined');
      expect(await checkout(order)).toEqual({ status: 'declined' });
      expect(charge).toHaveBeenCalledOnce();
      expect(send).not.toHaveBeenCalled();
      expect(stock.available).toEqual({ mug: 10, tea: 10 });
    });

    test.each([
      { mug: 1, tea: 10 },
      { mug: 10, tea: 2 },
    ])('is out of stock with $mug mugs and $tea teas, and nothing is charged', async (left) => {
      const { checkout, charge, send, stock } = setUp(left);
      expect(await checkout(order)).toEqual({ status: 'out of stock' });
      expect(charge).not.toHaveBeenCalled();
      expect(send).not.toHaveBeenCalled();
      expect(stock.available).toEqual(left);
    });
  });

  describe('a payment that does not work at once', () => {
    test('is tried again after a second, with the same request', async () => {
      const { checkout, charge } = setUp();
      charge.mockRejectedValueOnce(new Error('connection reset'));
      const outcome = checkout(order);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(charge.mock.calls).toEqual([[request], [request]]);
      expect(await outcome).toEqual({ status: 'paid', amount });
    });

    test('has failed after two attempts', async () => {
      const { checkout, charge, send, stock } = setUp();
      charge.mockRejectedValue(new Error('connection reset'));
      const outcome = checkout(order);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(await outcome).toEqual({ status: 'payment failed' });
      expect(charge).toHaveBeenCalledTimes(2);
      expect(send).not.toHaveBeenCalled();
      expect(stock.available).toEqual({ mug: 10, tea: 10 });
    });

    test('gets five seconds for its answer', async () => {
      const { checkout, charge } = setUp();
      charge.mockReturnValueOnce(new Promise(() => undefined));
      const outcome = checkout(order);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(charge).toHaveBeenCalledTimes(2);
      expect(await outcome).toEqual({ status: 'paid', amount });
    });
  });

  test('no timer is left when the payment was answered in time', async () => {
    const { checkout } = setUp();
    await checkout(order);
    expect(vi.getTimerCount()).toBe(0);
  });
};
