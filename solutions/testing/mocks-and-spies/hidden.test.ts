import { describe, test } from 'vitest';
import {
  expectCatches,
  expectNoLeaks,
  expectPasses,
  runSuite,
  type RunOptions,
  type TestReport,
} from '#kit/suite';
import { createCheckout } from '../../../exercises/testing/mocks-and-spies/checkout';
import { suite, systemClock, type CreateCheckout, type Order } from './kata';

const run = (service: CreateCheckout, options: RunOptions = {}): Promise<TestReport[]> =>
  runSuite(suite, service, { watch: { systemClock }, ...options });

let first: Promise<TestReport[]> | undefined;

/** What the suite says of the service as it is; run once, since each test asks for it. */
function today(): Promise<TestReport[]> {
  first ??= run(createCheckout);
  return first;
}

const asItIs = 'the service as it is';

/** The suite has to pass on the service as it is, and to fail on one that breaks its contract so. */
async function catches(what: string, rules: Partial<Rules>): Promise<void> {
  expectPasses(await today(), asItIs);
  const reports = await run(checkoutWith(rules), { bail: true });
  expectCatches(reports, `a service that ${what}`);
}

describe('1. Stub the payment', () => {
  test('has tests, and passes on the service as it is', async () => {
    expectPasses(await today(), asItIs);
  });

  test.each<[string, Partial<Rules>]>([
    ['takes a declined payment for a paid one', { accepts: ['paid', 'declined'] }],
    ['tries a declined payment again', { final: ['paid'] }],
    ['tells another amount than it has charged', { amountTold: (amount) => amount / 100 }],
  ])('catches a service that %s', catches);
});

describe('2. Spy on what leaves the service', () => {
  test.each<[string, Partial<Rules>]>([
    ['forgets the quantities in the amount', { amount: sumOf(({ unitPrice }) => unitPrice) }],
    ['takes the e-mail address as idempotency key', { key: ({ email }) => email }],
    ['charges twice', { charges: 2 }],
    ['sends the receipt to another address', { to: ({ email }) => `${email}.invalid` }],
    ['forgets the quantities in the receipt', { amountMailed: sumOf((item) => item.unitPrice) }],
    ['sends a receipt for a declined payment', { mailsWhen: ['paid', 'declined'] }],
    ['sends the receipt twice', { mails: 2 }],
    ['fails when the receipt cannot be sent', { mailMatters: true }],
  ])('catches a service that %s', catches);
});

describe('3. Fake the stock', () => {
  test.each<[string, Partial<Rules>]>([
    ['keeps what it has reserved when the payment is declined', { keepsWhen: ['declined'] }],
    ['keeps the first item when the second is out of stock', { keepsWhen: ['out of stock'] }],
    ['charges although an item is out of stock', { chargesFirst: true }],
    ['reserves one piece of each item', { quantity: () => 1 }],
    ['reserves the first item only', { reserved: (items) => items.slice(0, 1) }],
    ['never commits', { commits: 'never' }],
    ['sends the receipt before it commits', { commits: 'after the mail' }],
  ])('catches a service that %s', catches);
});

describe('4. Fake the clock', () => {
  test.each<[string, Partial<Rules>]>([
    ['waits for an answer forever', { patience: Infinity }],
    ['waits for an answer for 30 seconds', { patience: 30_000 }],
    ['waits for an answer for 2 seconds', { patience: 2_000 }],
    ['gives up after one attempt', { attempts: 1 }],
    ['makes a third attempt', { attempts: 3 }],
    ['makes the second attempt at once', { pause: 0 }],
    ['makes the second attempt after 10 seconds', { pause: 10_000 }],
    ['uses a new idempotency key for the second attempt', { keySuffix: '-2' }],
    ['charges twice the amount with the second attempt', { secondAmount: (amount) => amount * 2 }],
    ['keeps what it has reserved when the payment fails', { keepsWhen: ['payment failed'] }],
    ['leaves a timer waiting after an answer', { cancels: false }],
  ])('catches a service that %s', catches);
});

describe('5. Leave room, and leave nothing behind', () => {
  test.each<[string, CreateCheckout]>([
    ['reserves all items at once, the last one first', reservesAtOnce],
    ['releases more often, and does not wait for the mail', releasesOften],
    ['starts more timers, and cancels them', usesMoreTimers],
  ])('passes on a service that %s', async (what, service) => {
    expectPasses(await today(), asItIs);
    expectPasses(await run(service), `a service that keeps its contract, and ${what}`);
  });

  test('passes in reverse order', async () => {
    expectPasses(await today(), asItIs);
    const reports = await run(createCheckout, { order: 'reversed' });
    expectPasses(reports, `${asItIs}, when the tests run in reverse order`);
  });

  test('passes with each test alone', async () => {
    const reports = await today();
    expectPasses(reports, asItIs);
    for (const { name } of reports) {
      const alone = await run(createCheckout, { only: name });
      expectPasses(alone, `${asItIs}, when it runs alone`);
    }
  });

  test('leaves no fake timers and no spies behind', async () => {
    expectNoLeaks(await today(), asItIs);
  });

  test('leaves nothing behind either when a test fails', async () => {
    expectPasses(await today(), asItIs);
    for (const rules of [{ key: () => 'wrong' }, { patience: Infinity }]) {
      expectNoLeaks(await run(checkoutWith(rules)), 'a wrong service');
    }
  });
});

type Item = Order['items'][number];
type Answer = 'paid' | 'declined' | 'payment failed' | 'out of stock';

function sumOf(price: (item: Item) => number): (order: Order) => number {
  return ({ items }) => items.reduce((sum, item) => sum + price(item), 0);
}

/** What the contract says, in parts that can be exchanged one by one. */
interface Rules {
  amount: (order: Order) => number;
  amountMailed: (order: Order) => number;
  amountTold: (amount: number) => number;
  secondAmount: (amount: number) => number;
  key: (order: Order) => string;
  keySuffix: string;
  to: (order: Order) => string;
  reserved: (items: readonly Item[]) => readonly Item[];
  quantity: (item: Item) => number;
  charges: number;
  chargesFirst: boolean;
  attempts: number;
  patience: number;
  pause: number;
  cancels: boolean;
  /** Answers after which there is no other attempt. */
  final: Answer[];
  /** Answers with which the order is sold. */
  accepts: Answer[];
  keepsWhen: Answer[];
  commits: 'before the mail' | 'after the mail' | 'never';
  mailsWhen: Answer[];
  mails: number;
  mailMatters: boolean;
}

const contract: Rules = {
  amount: sumOf(({ unitPrice, quantity }) => unitPrice * quantity),
  amountMailed: sumOf(({ unitPrice, quantity }) => unitPrice * quantity),
  amountTold: (amount) => amount,
  secondAmount: (amount) => amount,
  key: ({ id }) => id,
  keySuffix: '',
  to: ({ email }) => email,
  reserved: (items) => items,
  quantity: ({ quantity }) => quantity,
  charges: 1,
  chargesFirst: false,
  attempts: 2,
  patience: 5_000,
  pause: 1_000,
  cancels: true,
  final: ['paid', 'declined'],
  accepts: ['paid'],
  keepsWhen: [],
  commits: 'before the mail',
  mailsWhen: ['paid'],
  mails: 1,
  mailMatters: false,
};

function checkoutWith(changes: Partial<Rules>): CreateCheckout {
  const rules = { ...contract, ...changes };
  return ({ payments, mailer, stock, clock }) => {
    function attempt(order: Order, number: number): Promise<Answer> {
      const amount = rules.amount(order);
      const request = {
        amount: number === 1 ? amount : rules.secondAmount(amount),
        idempotencyKey: rules.key(order) + (number === 1 ? '' : rules.keySuffix),
      };
      return new Promise((resolve) => {
        const failed = (): void => resolve('payment failed');
        const cancel =
          rules.patience === Infinity ? () => undefined : clock.after(rules.patience, failed);
        Promise.try(() => payments.charge(request))
          .then(resolve, failed)
          .finally(() => {
            if (rules.cancels) cancel();
          });
      });
    }

    async function charge(order: Order): Promise<Answer> {
      for (let number = 1; ; number += 1) {
        const answer = await attempt(order, number);
        if (rules.final.includes(answer) || number >= rules.attempts) return answer;
        if (rules.pause > 0) {
          await new Promise<void>((resolve) => clock.after(rules.pause, resolve));
        }
      }
    }

    async function reserve({ id, items }: Order): Promise<boolean> {
      for (const item of rules.reserved(items)) {
        if (!(await stock.reserve(id, item.sku, rules.quantity(item)))) return false;
      }
      return true;
    }

    async function settle(order: Order): Promise<Answer> {
      if (rules.chargesFirst) await charge(order);
      if (!(await reserve(order))) return 'out of stock';
      let answer: Answer = rules.chargesFirst ? 'paid' : await charge(order);
      for (let more = 1; more < rules.charges; more += 1) answer = await charge(order);
      return answer;
    }

    async function mail(order: Order): Promise<void> {
      const receipt = {
        to: rules.to(order),
        orderId: order.id,
        amount: rules.amountMailed(order),
      };
      for (let sent = 0; sent < rules.mails; sent += 1) {
        const sending = Promise.try(() => mailer.send(receipt));
        await (rules.mailMatters ? sending : sending.catch(() => undefined));
      }
    }

    return {
      async checkout(order) {
        const answer = await settle(order);
        const sold = rules.accepts.includes(answer);
        if (sold && rules.commits === 'before the mail') await stock.commit(order.id);
        if (rules.mailsWhen.includes(answer)) await mail(order);
        if (sold && rules.commits === 'after the mail') await stock.commit(order.id);
        if (!sold && !rules.keepsWhen.includes(answer)) await stock.release(order.id);
        if (sold || answer === 'paid') {
          return { status: 'paid', amount: rules.amountTold(rules.amount(order)) };
        }
        return { status: answer };
      },
    };
  };
}

/** Refactored: the order in which items are reserved is another one. */
function reservesAtOnce(collaborators: Parameters<CreateCheckout>[0]): ReturnType<CreateCheckout> {
  const { stock } = collaborators;
  return {
    async checkout(order) {
      const answers = await Promise.all(
        order.items.toReversed().map((item) => stock.reserve(order.id, item.sku, item.quantity)),
      );
      if (answers.includes(false)) {
        await stock.release(order.id);
        return { status: 'out of stock' };
      }
      return createCheckout({
        ...collaborators,
        stock: {
          reserve: () => Promise.resolve(true),
          release: (orderId) => stock.release(orderId),
          commit: (orderId) => stock.commit(orderId),
        },
      }).checkout(order);
    },
  };
}

/** Refactored: nothing is released once only, and the mail is on its way when the answer is given. */
function releasesOften(collaborators: Parameters<CreateCheckout>[0]): ReturnType<CreateCheckout> {
  const { mailer, stock } = collaborators;
  return createCheckout({
    ...collaborators,
    mailer: {
      send(mail) {
        Promise.try(() => mailer.send(mail)).catch(() => undefined);
        return Promise.resolve();
      },
    },
    stock: {
      reserve: (orderId, sku, quantity) => stock.reserve(orderId, sku, quantity),
      commit: (orderId) => stock.commit(orderId),
      async release(orderId) {
        await stock.release(orderId);
        await stock.release(orderId);
      },
    },
  });
}

/** Refactored: a watchdog over the whole checkout, which is cancelled at its end. */
function usesMoreTimers(collaborators: Parameters<CreateCheckout>[0]): ReturnType<CreateCheckout> {
  const { clock } = collaborators;
  const service = createCheckout(collaborators);
  return {
    async checkout(order) {
      const cancel = clock.after(120_000, () => undefined);
      try {
        return await service.checkout(order);
      } finally {
        cancel();
      }
    },
  };
}
