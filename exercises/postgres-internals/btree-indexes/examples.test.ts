import { namedQueries, plan, postgres, rows, statements } from '#kit/postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import queriesText from '../../../exercises/postgres-internals/btree-indexes/queries.sql?raw';
import schema from '../../../exercises/postgres-internals/btree-indexes/schema.sql?raw';
import kata from './kata.sql?raw';

const queries = namedQueries(queriesText);
let database: Awaited<ReturnType<typeof postgres>>;

beforeAll(async () => {
  database = await postgres(schema);
  for (const statement of statements(kata)) await database.exec(statement);
  await database.exec('ANALYZE');
}, 60_000);
afterAll(() => database.close());

/** The pages that a query touches, and the steps of its plan from the last to the first. */
async function measure(name: string) {
  const nodes = await plan(database, queries.get(name) ?? '', 'ANALYZE, BUFFERS, TIMING OFF');
  const pages = Number(nodes[0]?.['Shared Hit Blocks']) + Number(nodes[0]?.['Shared Read Blocks']);
  const steps = nodes.map((node) => {
    const place = node['Index Name'] ?? node['Relation Name'];
    return node['Node Type'] + (place === undefined ? '' : ` on ${place}`);
  });
  return { pages, steps: steps.join(' <- ') };
}

describe("1. Serve a customer's orders", () => {
  test('customer_orders takes the order from an index', async () => {
    const { steps } = await measure('customer_orders');
    expect(steps, 'the plan of customer_orders').not.toContain('Sort');
  });
});

describe('2. Index the few rows that matter', () => {
  test('oldest_open_orders touches at most 30 pages', async () => {
    const { pages, steps } = await measure('oldest_open_orders');
    expect(pages, `pages of oldest_open_orders: ${steps}`).toBeLessThanOrEqual(30);
  });
});

describe('3. Match the expression, the range, and the sum', () => {
  test('login does not read all customers', async () => {
    const { steps } = await measure('login');
    expect(steps, 'the plan of login').not.toContain('Seq Scan');
  });
});

describe('4. Drop what costs more than it brings', () => {
  test('the table of one page has no index', async () => {
    const found = await rows(
      database,
      `SELECT indexname FROM pg_indexes WHERE tablename = 'countries'`,
    );
    expect(found, 'indexes on countries').toEqual([]);
  });
});

describe('5. Change them under load', () => {
  test('each statement says CONCURRENTLY', () => {
    expect(statements(kata).length, 'statements in kata.sql').toBeGreaterThan(0);
    for (const statement of statements(kata)) expect(statement).toMatch(/\bconcurrently\b/i);
  });
});
