import { compareTables, namedQueries, plan, postgres, rows, withoutComments } from '#kit/postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import schema from '../../../exercises/sql/window-functions/schema.sql?raw';
import kata from './kata.sql?raw';

const queries = namedQueries(kata);
let database: Awaited<ReturnType<typeof postgres>>;
beforeAll(async () => {
  database = await postgres(schema);
}, 60_000);
afterAll(() => database.close());

/** The text of one of the learner's queries. */
function query(name: string): string {
  const text = queries.get(name);
  if (text === undefined) throw new Error(`kata.sql holds no query below "-- name: ${name}"`);
  return text;
}

/**
 * Runs a query of the learner on deliveries of our choice and compares its rows with `wanted`.
 *
 * @param given a line for each delivery: id, courier, city, delivered_at (UTC), tip_cents.
 * @param wanted a line with the names of the columns, then the rows, in any order.
 */
async function expectRows(name: string, given: string, wanted: string): Promise<void> {
  const { actual, expected, difference } = compareTables(await answer(name, given), wanted);
  expect(actual, `${name}: ${difference}\non these deliveries:\n${trimmed(given)}\n`).toBe(
    expected,
  );
}

/** The same for some of the query's columns: those that `wanted` names. */
async function expectColumns(name: string, given: string, wanted: string): Promise<void> {
  const names = new Set(wanted.trimStart().split('\n', 1)[0]?.split(/\s+/));
  const found = (await answer(name, given)).map((row) =>
    Object.fromEntries(Object.entries(row).filter(([column]) => names.has(column))),
  );
  const { actual, expected, difference } = compareTables(found, wanted);
  expect(actual, `${name}: ${difference}\non these deliveries:\n${trimmed(given)}\n`).toBe(
    expected,
  );
}

async function answer(name: string, given: string): ReturnType<typeof rows> {
  const text = query(name);
  const deliveries = given.split('\n').flatMap((line) => {
    const [id, courier, city, at, tip] = line.trim().split(/\s+/);
    return id ? [`(${id}, '${courier}', '${city}', '${at}Z', ${tip})`] : [];
  });
  await database.exec('BEGIN; DELETE FROM deliveries');
  try {
    if (deliveries.length > 0)
      await database.exec(
        `INSERT INTO deliveries (id, courier, city, delivered_at, tip_cents)
         VALUES ${deliveries.join(', ')}`,
      );
    return await rows(database, text);
  } finally {
    await database.exec('ROLLBACK');
  }
}

function trimmed(given: string): string {
  return given.replaceAll(/^\s+/gm, '').trimEnd() || '(none)';
}

/** One scan of the table, no join, nothing that runs again for each row. */
async function expectOneScan(name: string): Promise<void> {
  const nodes = await plan(database, query(name));
  const kinds = nodes.map((node) => node['Node Type']);
  const shown = `the plan of ${name}: ${kinds.join(', ')}`;
  const scans = nodes.filter((node) => node['Relation Name'] === 'deliveries');
  expect(scans.length, `scans of deliveries in ${shown}`).toBe(1);
  const joins = kinds.filter((kind) => /Join|Nested Loop/.test(kind));
  expect(joins, `joins in ${shown}`).toEqual([]);
  const perRow = nodes.filter((node) => node['Subplan Name']?.startsWith('SubPlan'));
  expect(perRow.length, `subqueries that run per row in ${shown}`).toBe(0);
}

describe('1. Rank with ties', () => {
  test('equal tips share rank and dense_rank, and only rank leaves a gap behind them', async () => {
    await expectRows(
      'tip_ranking',
      `1 ana lyon 2026-03-02T08:00 100
       2 ana lyon 2026-03-02T09:00 300
       3 ben lyon 2026-03-02T10:00 500
       4 ben lyon 2026-03-02T11:00 300`,
      `id city tip_cents position rank dense_rank
       3  lyon 500       1        1    1
       2  lyon 300       2        2    2
       4  lyon 300       3        2    2
       1  lyon 100       4        4    3`,
    );
  });

  test('position follows the id among equal tips, whatever the time', async () => {
    await expectRows(
      'tip_ranking',
      `9 ana lyon 2026-03-01T08:00 200
       5 ana lyon 2026-03-05T08:00 200
       7 ben lyon 2026-03-02T08:00 200`,
      `id city tip_cents position rank dense_rank
       5  lyon 200       1        1    1
       7  lyon 200       2        1    1
       9  lyon 200       3        1    1`,
    );
  });

  test('each city has a ranking of its own', async () => {
    await expectRows(
      'tip_ranking',
      `1 ana lyon  2026-03-02T08:00 300
       2 ana porto 2026-03-02T09:00 400
       3 ana porto 2026-03-02T10:00 300
       4 ben faro  2026-03-02T11:00 50`,
      `id city  tip_cents position rank dense_rank
       1  lyon  300       1        1    1
       2  porto 400       1        1    1
       3  porto 300       2        2    2
       4  faro  50        1        1    1`,
    );
  });

  test('without deliveries there is no row', async () => {
    await expectRows('tip_ranking', '', 'id city tip_cents position rank dense_rank');
  });

  test('tip_ranking reads the deliveries once', () => expectOneScan('tip_ranking'));
});

describe('2. Look back along the rows', () => {
  test('running_total adds up the tips of a courier in the order of time', async () => {
    await expectRows(
      'running_total',
      `4 ana lyon 2026-03-02T08:00 100
       3 ana lyon 2026-03-02T09:00 20
       2 ana lyon 2026-03-05T08:00 3`,
      `id courier total_cents
       4  ana     100
       3  ana     120
       2  ana     123`,
    );
  });

  test('running_total grows delivery by delivery, also within one minute', async () => {
    await expectRows(
      'running_total',
      `1 ana lyon 2026-03-02T08:00 100
       3 ana lyon 2026-03-02T09:00 20
       2 ana lyon 2026-03-02T09:00 3
       4 ana lyon 2026-03-02T10:00 1000`,
      `id courier total_cents
       1  ana     100
       2  ana     103
       3  ana     123
       4  ana     1123`,
    );
  });

  test('each courier has a running_total of their own, over all cities', async () => {
    await expectRows(
      'running_total',
      `1 ana lyon  2026-03-02T08:00 100
       2 ben lyon  2026-03-02T08:30 20
       3 ana porto 2026-03-02T09:00 3`,
      `id courier total_cents
       1  ana     100
       2  ben     20
       3  ana     103`,
    );
  });

  test('pauses counts the minutes since the delivery before, and has none for the first', async () => {
    await expectRows(
      'pauses',
      `3 ana lyon  2026-03-02T08:00 100
       2 ana porto 2026-03-02T08:25 100
       1 ana lyon  2026-03-03T08:26 100`,
      `id courier pause_minutes
       3  ana     null
       2  ana     25
       1  ana     1441`,
    );
  });

  test('pauses looks back to the same courier only', async () => {
    await expectRows(
      'pauses',
      `1 ana lyon 2026-03-02T08:00 100
       2 ben lyon 2026-03-02T08:10 100
       3 ana lyon 2026-03-02T08:30 100
       4 ben lyon 2026-03-02T09:15 100`,
      `id courier pause_minutes
       1  ana     null
       2  ben     null
       3  ana     30
       4  ben     65`,
    );
  });

  test('of two deliveries in one minute the one with the higher id is the later one', async () => {
    await expectRows(
      'pauses',
      `3 ana lyon 2026-03-02T08:00 100
       2 ana lyon 2026-03-02T08:00 100
       1 ana lyon 2026-03-02T08:15 100`,
      `id courier pause_minutes
       2  ana     null
       3  ana     0
       1  ana     15`,
    );
  });

  test('running_total reads the deliveries once', () => expectOneScan('running_total'));

  test('pauses reads the deliveries once', () => expectOneScan('pauses'));
});

describe('3. Measure the same thing with three frames', () => {
  test('last_3_deliveries takes three deliveries, fewer at the start', async () => {
    await expectColumns(
      'moving_averages',
      `4 ana lyon 2026-03-02T08:00 100
       3 ana lyon 2026-03-12T08:00 200
       2 ana lyon 2026-03-22T08:00 600
       1 ana lyon 2026-04-12T08:00 400`,
      `id last_3_deliveries
       4  100
       3  150
       2  300
       1  400`,
    );
  });

  test('of two deliveries in one minute last_3_deliveries takes the lower id first', async () => {
    await expectColumns(
      'moving_averages',
      `1 ana lyon 2026-03-02T08:00 100
       4 ana lyon 2026-03-02T09:00 500
       3 ana lyon 2026-03-02T09:00 300`,
      `id last_3_deliveries
       1  100
       3  200
       4  300`,
    );
  });

  test('last_7_days goes back six calendar days, and not one more', async () => {
    await expectColumns(
      'moving_averages',
      `1 ana lyon 2026-03-02T08:00 100
       2 ana lyon 2026-03-03T23:00 200
       3 ana lyon 2026-03-09T07:00 600`,
      `id last_7_days
       1  100
       2  150
       3  400`,
    );
  });

  test('last_7_days takes any number of deliveries a day, also the later ones', async () => {
    await expectColumns(
      'moving_averages',
      `1 ana lyon 2026-03-02T08:00 100
       2 ana lyon 2026-03-02T09:00 100
       3 ana lyon 2026-03-02T10:00 100
       4 ana lyon 2026-03-02T11:00 100
       5 ana lyon 2026-03-04T08:00 900
       6 ana lyon 2026-03-04T09:00 900
       7 ana lyon 2026-03-04T10:00 900
       8 ana lyon 2026-03-04T11:00 900`,
      `id last_7_days
       1  100
       2  100
       3  100
       4  100
       5  500
       6  500
       7  500
       8  500`,
    );
  });

  test('last_2_working_days goes back one working day, over any number of free days', async () => {
    await expectColumns(
      'moving_averages',
      `1 ana lyon 2026-01-05T08:00 100
       2 ana lyon 2026-01-06T08:00 200
       3 ana lyon 2026-02-20T08:00 900
       4 ben lyon 2026-02-19T08:00 7`,
      `id last_2_working_days
       1  100
       2  150
       3  550
       4  7`,
    );
  });

  test('last_2_working_days takes any number of deliveries a day, also the later ones', async () => {
    await expectColumns(
      'moving_averages',
      `1 ana lyon 2026-03-02T08:00 100
       2 ana lyon 2026-03-02T12:00 200
       3 ana lyon 2026-03-02T18:00 300
       4 ana lyon 2026-03-03T08:00 1000
       5 ana lyon 2026-03-03T18:00 2000`,
      `id last_2_working_days
       1  200
       2  200
       3  200
       4  720
       5  720`,
    );
  });

  test('the averages of a courier hold the tips of that courier only', async () => {
    await expectRows(
      'moving_averages',
      `1 ana lyon 2026-03-02T08:00 100
       2 ben lyon 2026-03-02T09:00 500
       3 ana lyon 2026-03-03T08:00 200`,
      `id courier last_3_deliveries last_7_days last_2_working_days
       1  ana     100               100         100
       2  ben     500               500         500
       3  ana     150               150         150`,
    );
  });

  test('moving_averages reads the deliveries once', () => expectOneScan('moving_averages'));
});

describe('4. Cut time into shifts', () => {
  test('a pause of 60 minutes continues a shift, one of 61 starts the next', async () => {
    await expectRows(
      'shifts',
      `4 ana lyon 2026-03-02T08:00 100
       3 ana lyon 2026-03-02T09:00 100
       2 ana lyon 2026-03-02T10:01 100
       1 ana lyon 2026-03-02T10:05 100`,
      `courier shift started_at       ended_at         deliveries
       ana     1     2026-03-02T08:00 2026-03-02T09:00 2
       ana     2     2026-03-02T10:01 2026-03-02T10:05 2`,
    );
  });

  test('a shift may last longer than 60 minutes and pass midnight', async () => {
    await expectRows(
      'shifts',
      `1 ana lyon  2026-03-02T23:00 100
       2 ana porto 2026-03-02T23:50 100
       3 ana lyon  2026-03-03T00:40 100`,
      `courier shift started_at       ended_at         deliveries
       ana     1     2026-03-02T23:00 2026-03-03T00:40 3`,
    );
  });

  test('each courier has shifts and pauses of their own, and counts from 1', async () => {
    await expectRows(
      'shifts',
      `1 ana lyon 2026-03-02T08:00 100
       2 ben lyon 2026-03-02T08:30 100
       3 ana lyon 2026-03-02T12:00 100
       4 ben lyon 2026-03-02T11:30 100
       5 ana lyon 2026-03-02T20:00 100`,
      `courier shift started_at       ended_at         deliveries
       ana     1     2026-03-02T08:00 2026-03-02T08:00 1
       ana     2     2026-03-02T12:00 2026-03-02T12:00 1
       ana     3     2026-03-02T20:00 2026-03-02T20:00 1
       ben     1     2026-03-02T08:30 2026-03-02T08:30 1
       ben     2     2026-03-02T11:30 2026-03-02T11:30 1`,
    );
  });

  test('deliveries in the same minute belong to the same shift', async () => {
    await expectRows(
      'shifts',
      `1 ana lyon 2026-03-02T08:00 100
       4 ana lyon 2026-03-02T12:00 100
       2 ana lyon 2026-03-02T12:00 100
       3 ana lyon 2026-03-02T12:30 100`,
      `courier shift started_at       ended_at         deliveries
       ana     1     2026-03-02T08:00 2026-03-02T08:00 1
       ana     2     2026-03-02T12:00 2026-03-02T12:30 3`,
    );
  });

  test('without deliveries there is no shift', async () => {
    await expectRows('shifts', '', 'courier shift started_at ended_at deliveries');
  });

  test('shifts reads the deliveries once', () => expectOneScan('shifts'));
});

describe('5. Find the islands of working days', () => {
  test('a streak ends where a day is missing', async () => {
    await expectRows(
      'streaks',
      `5 ana lyon 2026-02-27T08:00 100
       4 ana lyon 2026-02-28T22:00 100
       3 ana lyon 2026-03-01T06:00 100
       2 ana lyon 2026-03-03T08:00 100
       1 ana lyon 2026-03-04T08:00 100`,
      `courier first_day  last_day   days
       ana     2026-02-27 2026-03-01 3
       ana     2026-03-03 2026-03-04 2`,
    );
  });

  test('several deliveries on one day make one day', async () => {
    await expectRows(
      'streaks',
      `1 ana lyon  2026-03-02T08:00 100
       2 ana lyon  2026-03-02T09:00 100
       3 ana porto 2026-03-02T10:00 100
       4 ana lyon  2026-03-03T08:00 100
       5 ana lyon  2026-03-03T09:00 100
       6 ana lyon  2026-03-04T09:00 100`,
      `courier first_day  last_day   days
       ana     2026-03-02 2026-03-04 3`,
    );
  });

  test('a single day is a streak of one, and another courier does not prolong it', async () => {
    await expectRows(
      'streaks',
      `1 ana lyon 2026-03-02T08:00 100
       2 ben lyon 2026-03-03T08:00 100
       3 ana lyon 2026-03-04T08:00 100
       4 ben lyon 2026-03-04T08:00 100`,
      `courier first_day  last_day   days
       ana     2026-03-02 2026-03-02 1
       ana     2026-03-04 2026-03-04 1
       ben     2026-03-03 2026-03-04 2`,
    );
  });

  test('without deliveries there is no streak', async () => {
    await expectRows('streaks', '', 'courier first_day last_day days');
  });

  test('streaks reads the deliveries once', () => expectOneScan('streaks'));
});

describe('6. Filter after the window', () => {
  test('only deliveries from 2026-03-09 on are listed', async () => {
    await expectColumns(
      'recent_shares',
      `1 ana lyon  2026-03-08T23:59 100
       2 ana lyon  2026-03-09T00:00 200
       3 ana lyon  2026-03-10T12:00 300
       4 ben porto 2026-03-01T12:00 400`,
      `id city tip_cents
       2  lyon 200
       3  lyon 300`,
    );
  });

  test('the share counts all tips of the city, also those from before 2026-03-09', async () => {
    await expectColumns(
      'recent_shares',
      `1 ana lyon 2026-03-01T08:00 500
       2 ana lyon 2026-03-08T23:59 300
       3 ana lyon 2026-03-09T08:00 50
       4 ben lyon 2026-03-11T08:00 150`,
      `id share_percent
       3  5
       4  15`,
    );
  });

  test('the share keeps its fraction', async () => {
    await expectColumns(
      'recent_shares',
      `1 ana lyon 2026-03-09T08:00 100
       2 ana lyon 2026-03-09T09:00 200`,
      `id share_percent
       1  33.3333
       2  66.6667`,
    );
  });

  test('latest_id is the latest delivery of the city on every row', async () => {
    await expectColumns(
      'recent_shares',
      `5 ana lyon 2026-03-09T08:00 100
       3 ben lyon 2026-03-09T09:00 400
       4 ana lyon 2026-03-09T10:00 200
       1 ana lyon 2026-03-09T11:00 300`,
      `id latest_id
       5  1
       3  1
       4  1
       1  1`,
    );
  });

  test('of two latest deliveries in one minute latest_id is the higher id', async () => {
    await expectColumns(
      'recent_shares',
      `8 ana lyon 2026-03-09T10:00 100
       9 ana lyon 2026-03-09T12:00 100
       7 ana lyon 2026-03-09T12:00 200`,
      `id latest_id
       8  9
       9  9
       7  9`,
    );
  });

  test('each city counts by itself', async () => {
    await expectRows(
      'recent_shares',
      `1 ana lyon  2026-03-09T08:00 100
       2 ana porto 2026-03-10T09:00 300`,
      `id city  tip_cents share_percent latest_id
       1  lyon  100       100           1
       2  porto 300       100           2`,
    );
  });

  test('recent_shares writes PARTITION BY once, in a WINDOW clause', () => {
    const text = withoutComments(query('recent_shares'));
    expect(text.match(/\bpartition\s+by\b/gi)?.length, 'times that PARTITION BY is written').toBe(
      1,
    );
    expect(text).toMatch(/\bwindow\s+\w+\s+as\s*\(\s*partition\s+by\b/i);
  });

  test('recent_shares reads the deliveries once', () => expectOneScan('recent_shares'));
});
