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

// TODO: Three to six examples, the first contact with the contract; none is copied into the brief.
describe('1. TODO: What the first task achieves', () => {
  test('adds up the orders of Porto', async () => {
    const query = queries.get('city_totals');
    if (!query) throw new Error('kata.sql holds no query below "-- name: city_totals"');
    const found = await rows(database, query);
    const { actual, expected, difference } = compareTables(
      found.filter(({ city }) => city === 'porto'),
      `city  total_cents
       porto 400`,
    );
    expect(actual, difference).toBe(expected);
  });
});
