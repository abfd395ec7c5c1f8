import { namedQueries, plan, postgres, rows, statements } from '#kit/postgres';
import type { PlanNode } from '#kit/postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import queriesText from '../../../exercises/postgres-internals/btree-indexes/queries.sql?raw';
import schema from '../../../exercises/postgres-internals/btree-indexes/schema.sql?raw';
import writesText from '../../../exercises/postgres-internals/btree-indexes/writes.sql?raw';
import kata from './kata.sql?raw';

const queries = namedQueries(queriesText);
const writes = namedQueries(writesText);
const kataStatements = statements(kata);

let booted: Awaited<ReturnType<typeof postgres>>;
/** Why the learner's statements could not be run to the end, if so. */
let trouble: Error | undefined;

beforeAll(async () => {
  booted = await postgres(schema);
  try {
    for (const statement of kataStatements) {
      trouble = new Error(`kata.sql, ${statement}`);
      await booted.exec(statement);
    }
    trouble = undefined;
  } catch (error) {
    if (trouble) trouble.message += `: ${error instanceof Error ? error.message : String(error)}`;
  }
  await booted.exec('ANALYZE');
}, 60_000);
afterAll(() => booted.close());

/** The database with the learner's indexes. */
function database(): typeof booted {
  if (trouble) throw trouble;
  return booted;
}

interface Measured {
  readonly nodes: readonly PlanNode[];
  readonly pages: number;
  /** For messages. */
  readonly shown: string;
}

/** Runs a query of queries.sql twice, the first time to warm up, and measures the second run. */
async function measure(name: string): Promise<Measured> {
  const query = queries.get(name) ?? '';
  await plan(database(), query, 'ANALYZE, BUFFERS, TIMING OFF');
  const nodes = await plan(database(), query, 'ANALYZE, BUFFERS, TIMING OFF');
  const pages = Number(nodes[0]?.['Shared Hit Blocks']) + Number(nodes[0]?.['Shared Read Blocks']);
  const steps = nodes.map((node) => {
    const place = node['Index Name'] ?? node['Relation Name'];
    return node['Node Type'] + (place === undefined ? '' : ` on ${place}`);
  });
  return { nodes, pages, shown: `${name} (${pages} pages): ${steps.join(' <- ')}` };
}

async function expectPages(name: string, limit: number): Promise<void> {
  const { pages, shown } = await measure(name);
  expect(pages, `pages of ${shown}`).toBeLessThanOrEqual(limit);
}

async function expectNoSort(name: string): Promise<void> {
  const { nodes, shown } = await measure(name);
  const sorts = nodes.filter((node) => node['Node Type'].includes('Sort'));
  expect(sorts.length, `sorts in ${shown}`).toBe(0);
}

async function expectIndexOnly(name: string): Promise<void> {
  const { nodes, shown } = await measure(name);
  const kinds = nodes.map((node) => node['Node Type']).filter((kind) => kind.includes('Scan'));
  expect(kinds, `scans in ${shown}`).toEqual(['Index Only Scan']);
}

/** The size of the indexes that a query reads. */
async function expectSmallIndex(name: string, limit: number): Promise<void> {
  const { nodes, shown } = await measure(name);
  const names = nodes.flatMap((node) => node['Index Name'] ?? []);
  expect(names.length, `indexes in ${shown}`).toBeGreaterThan(0);
  for (const index of names) {
    const [size] = await rows(
      database(),
      `SELECT pg_relation_size($1::regclass) / current_setting('block_size')::int AS pages`,
      [index],
    );
    expect(size?.['pages'], `pages of the whole index ${index}`).toBeLessThanOrEqual(limit);
  }
}

interface Index {
  readonly name: string;
  readonly table: string;
  readonly keys: readonly string[];
  readonly included: readonly string[];
  /** The condition of a partial index, or an empty text. */
  readonly only: string;
  readonly primary: boolean;
  readonly unique: boolean;
  readonly valid: boolean;
}

async function indexes(): Promise<Index[]> {
  const found = await rows(
    database(),
    `SELECT i.indexrelid::regclass::text AS name, i.indrelid::regclass::text AS table,
       (SELECT string_agg(pg_get_indexdef(i.indexrelid, n, true), E'\\n' ORDER BY n)
        FROM generate_series(1, i.indnkeyatts) AS n) AS keys,
       (SELECT string_agg(pg_get_indexdef(i.indexrelid, n, true), E'\\n' ORDER BY n)
        FROM generate_series(i.indnkeyatts + 1, i.indnatts) AS n) AS included,
       pg_get_expr(i.indpred, i.indrelid) AS only,
       i.indisprimary AS primary, i.indisunique AS unique, i.indisvalid AS valid
     FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
     WHERE c.relnamespace = 'public'::regnamespace
     ORDER BY 1`,
  );
  return found.map((row) => ({
    name: String(row['name']),
    table: String(row['table']),
    keys: String(row['keys']).split('\n'),
    included: row['included'] === null ? [] : String(row['included']).split('\n'),
    only: row['only'] === null ? '' : String(row['only']),
    primary: row['primary'] === true,
    unique: row['unique'] === true,
    valid: row['valid'] === true,
  }));
}

/** Whether `other` can answer whatever `index` can: same rows, and it begins with the same columns. */
function covers(other: Index, index: Index): boolean {
  const columns = [...other.keys, ...other.included];
  return (
    other.name !== index.name &&
    other.table === index.table &&
    other.only === index.only &&
    index.keys.every((key, at) => other.keys[at] === key) &&
    index.included.every((column) => columns.includes(column))
  );
}

/**
 * Runs a write of writes.sql and undoes it.
 *
 * @param counter an expression in SQL, such as a statistic of this session.
 * @returns by how much the write raised the counter.
 */
async function raised(name: string, counter: string): Promise<number> {
  const read = async (): Promise<number> =>
    Number((await rows(database(), `SELECT ${counter} AS value`))[0]?.['value']);
  await database().exec('BEGIN');
  try {
    const before = await read();
    await database().exec(writes.get(name) ?? '');
    return (await read()) - before;
  } finally {
    await database().exec('ROLLBACK');
  }
}

describe("1. Serve a customer's orders", () => {
  test('customer_orders takes the order from an index', () => expectNoSort('customer_orders'));

  test('customer_orders touches at most 20 pages', () => expectPages('customer_orders', 20));

  test('customer_quarter touches at most 15 pages', () => expectPages('customer_quarter', 15));

  test('customer_spending reads an index only', () => expectIndexOnly('customer_spending'));

  test('customer_spending touches at most 8 pages', () => expectPages('customer_spending', 8));
});

describe('2. Index the few rows that matter', () => {
  test('oldest_open_orders takes the order from an index', () =>
    expectNoSort('oldest_open_orders'));

  test('oldest_open_orders touches at most 30 pages', () => expectPages('oldest_open_orders', 30));

  test('the index behind oldest_open_orders has at most 5 pages', () =>
    expectSmallIndex('oldest_open_orders', 5));

  test('next_tickets takes the order from an index', () => expectNoSort('next_tickets'));

  test('next_tickets touches at most 12 pages', () => expectPages('next_tickets', 12));

  test('the index behind next_tickets has at most 5 pages', () =>
    expectSmallIndex('next_tickets', 5));
});

describe('3. Match the expression, the range, and the sum', () => {
  test('login touches at most 8 pages', () => expectPages('login', 8));

  test('sign_up fails, because the address is taken in another spelling', async () => {
    const outcome = await raised('sign_up', '0').then(
      () => 'accepted',
      (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
    );
    expect(outcome, 'outcome of sign_up (23505 is unique_violation)').toBe('23505');
  });

  test('orders_of_an_hour touches at most 8 pages', () => expectPages('orders_of_an_hour', 8));

  test('product_sales reads an index only', () => expectIndexOnly('product_sales'));

  test('product_sales touches at most 8 pages', () => expectPages('product_sales', 8));

  test('retire_product does not scan all order lines', async () => {
    const scans = await raised(
      'retire_product',
      `pg_stat_get_xact_numscans('order_lines'::regclass)`,
    );
    expect(scans, 'scans of the whole table order_lines by retire_product').toBe(0);
  });
});

describe('4. Drop what costs more than it brings', () => {
  test('besides the primary keys there are at most seven indexes', async () => {
    const names = (await indexes()).filter(({ primary }) => !primary).map(({ name }) => name);
    expect(names.length, `the number of ${names.join(', ')}`).toBeLessThanOrEqual(7);
  });

  test('each index is unique or used by one of the queries', async () => {
    const plans = await Promise.all([...queries.keys()].map(measure));
    const used = new Set(plans.flatMap(({ nodes }) => nodes.map((node) => node['Index Name'])));
    const idle = (await indexes()).filter(({ name, unique }) => !unique && !used.has(name));
    const names = idle.map(({ name }) => name);
    expect(names, `indexes that no query uses: ${names.join(', ')}`).toEqual([]);
  });

  test('no index begins like another one', async () => {
    const all = await indexes();
    const redundant = all
      .filter(({ primary, unique }) => !primary && !unique)
      .flatMap((index) => {
        const better = all.find((other) => covers(other, index));
        return better ? [`${index.name} is the beginning of ${better.name}`] : [];
      });
    expect(redundant, redundant.join(', ')).toEqual([]);
  });

  test('lines_of_an_order touches at most 8 pages and needs no sort', async () => {
    await expectPages('lines_of_an_order', 8);
    await expectNoSort('lines_of_an_order');
  });

  test('the table of one page has no index', async () => {
    const names = (await indexes()).filter(({ table }) => table === 'countries');
    expect(
      names.map(({ name }) => name),
      'indexes on countries',
    ).toEqual([]);
  });

  test('no index over all orders begins with status', async () => {
    const names = (await indexes()).filter(
      ({ table, keys, only }) => table === 'orders' && keys[0] === 'status' && only === '',
    );
    expect(
      names.map(({ name }) => name),
      'indexes on orders that begin with status',
    ).toEqual([]);
  });

  test('count_view stays within its page', async () => {
    const local = await raised(
      'count_view',
      `pg_stat_get_xact_tuples_hot_updated('products'::regclass)`,
    );
    expect(local, 'page-local (HOT) updates of count_view').toBe(1);
  });

  test('place_order writes to at most four indexes', async () => {
    const names = (await indexes())
      .filter(({ table }) => table === 'orders')
      .map(({ name }) => name);
    expect(names.length, `the number of ${names.join(', ')}`).toBeLessThanOrEqual(4);
  });
});

describe('5. Change them under load', () => {
  test('each statement creates or drops an index CONCURRENTLY', () => {
    const wanted = /^(create\s+(unique\s+)?|drop\s+)index\s+concurrently\b/i;
    expect(kataStatements.length, 'statements in kata.sql').toBeGreaterThan(0);
    for (const statement of kataStatements) expect(statement, statement).toMatch(wanted);
  });

  test('the new indexes are there before the first old one goes', () => {
    const kinds = kataStatements.map((statement) => statement.split(/\s/, 1)[0]?.toLowerCase());
    const firstDrop = kinds.indexOf('drop');
    const late = kataStatements.filter(
      (_, at) => firstDrop >= 0 && at > firstDrop && kinds[at] === 'create',
    );
    expect(kataStatements.length, 'statements in kata.sql').toBeGreaterThan(0);
    expect(late, `after the first DROP: ${late.join('; ')}`).toEqual([]);
  });

  test('every index is valid', async () => {
    const names = (await indexes()).filter(({ valid }) => !valid).map(({ name }) => name);
    expect(names, 'indexes whose build failed').toEqual([]);
  });
});
