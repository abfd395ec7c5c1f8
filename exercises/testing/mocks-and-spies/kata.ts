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

/** Tests for any checkout service that keeps the contract of `CheckoutService`. */
export const suite: Suite<CreateCheckout> = (
  createCheckout,
  { describe, test, beforeEach, afterEach },
) => {
  // TODO: write your tests here, with `expect` and `vi` from vitest.
};
