import type { CreateCheckout } from './kata';

const PATIENCE = 5_000;
const PAUSE = 1_000;

/** The checkout as it is today. */
export const createCheckout: CreateCheckout = ({ payments, mailer, stock, clock }) => {
  type Request = Parameters<typeof payments.charge>[0];

  /** Resolves to undefined when the attempt has failed. */
  function attempt(request: Request): Promise<'paid' | 'declined' | undefined> {
    return new Promise((resolve) => {
      const cancel = clock.after(PATIENCE, () => resolve(undefined));
      Promise.try(() => payments.charge(request))
        .then(resolve, () => resolve(undefined))
        .finally(cancel);
    });
  }

  async function charge(request: Request): Promise<'paid' | 'declined' | undefined> {
    const first = await attempt(request);
    if (first) return first;
    await new Promise<void>((resolve) => clock.after(PAUSE, resolve));
    return attempt(request);
  }

  return {
    async checkout({ id, email, items }) {
      for (const { sku, quantity } of items) {
        if (await stock.reserve(id, sku, quantity)) continue;
        await stock.release(id);
        return { status: 'out of stock' };
      }
      const amount = items.reduce((sum, item) => sum + item.unitPrice * item.quantity, 0);
      const answer = await charge({ amount, idempotencyKey: id });
      if (answer !== 'paid') {
        await stock.release(id);
        return { status: answer ?? 'payment failed' };
      }
      await stock.commit(id);
      try {
        await mailer.send({ to: email, orderId: id, amount });
      } catch {
        // The customer has paid: a lost receipt is a matter for support.
      }
      return { status: 'paid', amount };
    },
  };
};
