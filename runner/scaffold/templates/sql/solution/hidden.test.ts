import { compareTables, namedQueries, postgres, rows } from '#kit/postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import schema from '../../../exercises/{{folder}}/schema.sql?raw';
import kata from './kata.sql?raw';

const queries = namedQueries(kata);
let database: Awaited<ReturnType<typeof postgres>>;
beforeAll(async () => {
  database = await postgres(schema);
}, 60_000);
afterAll(() => database.close());

/** Runs the learner's query on orders of our choice (`VALUES` rows) and compares its rows. */
async function expectTotals(orders: string, wanted: string): Promise<void> {
  const query = queries.get('city_totals');
  if (!query) throw new Error('kata.sql holds no query below "-- name: city_totals"');
  await database.exec(`DELETE FROM orders; INSERT INTO orders VALUES ${orders}`);
  const { actual, expected, difference } = compareTables(await rows(database, query), wanted);
  expect(actual, `${difference}, on these orders: ${orders}`).toBe(expected);
}

// TODO: Replace this sample by tests of your own, the easiest first, under the titles of the brief's tasks.
describe('1. TODO: What the first task achieves', () => {
  test('adds up the orders of each city', () =>
    expectTotals(
      `(1, 'lyon', 5), (2, 'oslo', 7), (3, 'lyon', 1)`,
      'city total_cents\nlyon 6\noslo 7',
    ));
});

describe('2. TODO: What the second task achieves', () => {
  test('leaves out orders that were not sent', () =>
    expectTotals(`(1, 'oslo', 7), (2, NULL, 3)`, 'city total_cents\noslo 7'));
});

describe('3. TODO: What the third task achieves', () => {
  test('counts equal prices one by one', () =>
    expectTotals(`(1, 'oslo', 7), (2, 'oslo', 7)`, 'city total_cents\noslo 14'));
});
