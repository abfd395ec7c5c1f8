import { compareTables, namedQueries, postgres, rows } from '#kit/postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import schema from '../../../exercises/sql/window-functions/schema.sql?raw';
import kata from './kata.sql?raw';

const queries = namedQueries(kata);
let database: Awaited<ReturnType<typeof postgres>>;
beforeAll(async () => {
  database = await postgres(schema);
}, 60_000);
afterAll(() => database.close());

/** Runs a query on the deliveries of schema.sql and keeps the rows in which `column` has `value`. */
async function expectRows(name: string, column: string, value: string, wanted: string) {
  const query = queries.get(name);
  if (query === undefined) throw new Error(`kata.sql holds no query below "-- name: ${name}"`);
  const found = await rows(database, query);
  const { actual, expected, difference } = compareTables(
    found.filter((row) => row[column] === value),
    wanted,
  );
  expect(actual, `${name}, rows in which ${column} is ${value}: ${difference}\n`).toBe(expected);
}

describe('1. Rank with ties', () => {
  test('the tips in Porto get their three places', async () => {
    await expectRows(
      'tip_ranking',
      'city',
      'porto',
      `id city  tip_cents position rank dense_rank
       7  porto 500       1        1    1
       9  porto 200       2        2    2
       10 porto 200       3        2    2
       8  porto 100       4        4    3`,
    );
  });
});

describe('2. Look back along the rows', () => {
  test("Ben's tips add up", async () => {
    await expectRows(
      'running_total',
      'courier',
      'ben',
      `id courier total_cents
       7  ben     500
       8  ben     600
       9  ben     800
       10 ben     1000`,
    );
  });
});

describe('3. Measure the same thing with three frames', () => {
  test("Ben's tips have three averages", async () => {
    await expectRows(
      'moving_averages',
      'courier',
      'ben',
      `id courier last_3_deliveries last_7_days last_2_working_days
       7  ben     500               500         500
       8  ben     300               300         300
       9  ben     266.6667          266.6667    150
       10 ben     166.6667          166.6667    200`,
    );
  });
});

describe('4. Cut time into shifts', () => {
  test('Ana works four shifts', async () => {
    await expectRows(
      'shifts',
      'courier',
      'ana',
      `courier shift started_at       ended_at         deliveries
       ana     1     2026-03-02T08:10 2026-03-02T08:40 3
       ana     2     2026-03-02T13:00 2026-03-02T13:00 1
       ana     3     2026-03-03T09:00 2026-03-03T09:00 1
       ana     4     2026-03-09T09:30 2026-03-09T09:30 1`,
    );
  });
});

describe('5. Find the islands of working days', () => {
  test('Ana works two days in a row, then a single one', async () => {
    await expectRows(
      'streaks',
      'courier',
      'ana',
      `courier first_day  last_day   days
       ana     2026-03-02 2026-03-03 2
       ana     2026-03-09 2026-03-09 1`,
    );
  });
});

describe('6. Filter after the window', () => {
  test('recent tips are compared with all tips of their city', async () => {
    await expectRows(
      'recent_shares',
      'city',
      'porto',
      `id city  tip_cents share_percent latest_id
       9  porto 200       20            10
       10 porto 200       20            10`,
    );
  });
});
