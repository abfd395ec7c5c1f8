import { describe, test } from 'vitest';
import { expectCatches, expectNoLeaks, expectPasses, runSuite } from '#kit/suite';
import { createCheckout } from '../../../exercises/testing/mocks-and-spies/checkout';
import { suite, systemClock, type CreateCheckout } from './kata';

/** Your suite has to pass on the service as it is, and to fail on a wrong one. */
async function catches(what: string, wrong: CreateCheckout): Promise<void> {
  expectPasses(await runSuite(suite, createCheckout), 'the service as it is');
  expectCatches(await runSuite(suite, wrong), `a service that ${what}`);
}

describe('1. Stub the payment', () => {
  test('catches a service that takes every payment for paid', () =>
    catches('takes every payment for paid', (collaborators) =>
      createCheckout({
        ...collaborators,
        payments: {
          charge: (request) => collaborators.payments.charge(request).then(() => 'paid'),
        },
      }),
    ));
});

describe('2. Spy on what leaves the service', () => {
  test('catches a service that charges one cent more', () =>
    catches('charges one cent more', (collaborators) =>
      createCheckout({
        ...collaborators,
        payments: {
          charge: ({ amount, idempotencyKey }) =>
            collaborators.payments.charge({ amount: amount + 1, idempotencyKey }),
        },
      }),
    ));
});

describe('3. Fake the stock', () => {
  test('catches a service that reserves one piece too many', () =>
    catches('reserves one piece too many', ({ stock, ...others }) =>
      createCheckout({
        ...others,
        stock: {
          reserve: (orderId, sku, quantity) => stock.reserve(orderId, sku, quantity + 1),
          release: (orderId) => stock.release(orderId),
          commit: (orderId) => stock.commit(orderId),
        },
      }),
    ));
});

describe('4. Fake the clock', () => {
  test('catches a service that waits twice as long each time', () =>
    catches('waits twice as long each time', (collaborators) =>
      createCheckout({
        ...collaborators,
        clock: {
          after: (milliseconds, callback) => collaborators.clock.after(2 * milliseconds, callback),
        },
      }),
    ));
});

describe('5. Leave room, and leave nothing behind', () => {
  test('leaves no fake timers and no spies behind', async () => {
    const reports = await runSuite(suite, createCheckout, { watch: { systemClock } });
    expectPasses(reports, 'the service as it is');
    expectNoLeaks(reports, 'the service as it is');
  });
});
