import { PGlite, types } from '@electric-sql/pglite';
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';
import { prepared, whenIdle } from './warm.ts';

const cacheFolder = join(import.meta.dirname, '../../node_modules/.cache/backend-dojo/postgres');

/** To be raised when images come out differently for the same setup. */
const IMAGE_VERSION = 3;

/**
 * Boots a real Postgres (PGlite: one session, in memory) and runs `setup` in it.
 *
 * The booted data folder is kept on disk under the hash of `setup` and of the engine's version, so
 * that only the first call ever pays for `initdb` and for loading the data. Each call returns a
 * database of its own: what a test writes reaches no other. `setup` must be deterministic (use
 * `setseed`, or data computed without `random()`). It is followed by `VACUUM ANALYZE`, so that plans
 * rest on fresh statistics and index-only scans on a full visibility map.
 *
 * @param setup SQL statements: schema and data, before anything of the learner's runs.
 * @throws what Postgres reports when `setup` is wrong.
 */
export function postgres(setup = ''): Promise<PGlite> {
  return prepared('postgres', setup, () => boot(setup));
}

/** Makes the database that {@link postgres} hands out. */
export async function prepare(setup: string): Promise<PGlite> {
  const database = await boot(setup);
  whenIdle((enough) => rehearse(database, enough));
  return database;
}

/** Runs queries of all kinds before anybody waits for one. */
async function rehearse(database: PGlite, enough: () => boolean): Promise<void> {
  for (let time = 0; time < REHEARSALS && !enough(); time += 1) {
    for (const statement of REHEARSAL) await rows(database, statement);
  }
}

/** After so many the engine's code is as fast as it gets. */
const REHEARSALS = 10;

/** They leave nothing behind but compiled code: no table of the setup is touched. */
const REHEARSAL: readonly string[] = [
  `WITH RECURSIVE days AS (
     SELECT timestamptz '2026-03-01' AS at, 1 AS n
     UNION ALL SELECT at + interval '1 day', n + 1 FROM days WHERE n < 40
   ), visits AS (
     SELECT n AS id, n % 3 AS guest_id, at, at::date AS day, (n * 7 % 5)::numeric(10, 2) AS tip FROM days
   )
   SELECT guest_id, id, day, rank() OVER w, dense_rank() OVER w, row_number() OVER w,
     lag(at) OVER w, lead(tip, 1, 0) OVER w, sum(tip) OVER w, round(avg(tip) OVER (w ROWS 2 PRECEDING), 2),
     first_value(tip) OVER w, ntile(4) OVER w, day - (row_number() OVER w)::int AS island
   FROM visits WINDOW w AS (PARTITION BY guest_id ORDER BY tip DESC, id) ORDER BY guest_id, id`,
  `SELECT o.city, count(*) AS orders, sum(l.price * l.quantity) FILTER (WHERE l.price > 2) AS value,
     string_agg(DISTINCT l.name, ', ' ORDER BY l.name) AS names, jsonb_agg(jsonb_build_object('name', l.name)),
     max(CASE WHEN l.quantity > 1 THEN upper(l.name) ELSE coalesce(nullif(l.name, ''), '?') END)
   FROM (VALUES (1, 'Porto'), (2, 'Lisbon'), (3, 'Porto')) AS o(id, city)
   LEFT JOIN (VALUES (1, 'tea', 2.5, 2), (1, 'cake', 4, 1), (3, 'tea', 2.5, 1)) AS l(order_id, name, price, quantity)
     ON l.order_id = o.id
   WHERE o.city LIKE 'P%' OR EXISTS (SELECT 1 FROM generate_series(1, 3) AS s(n) WHERE s.n = o.id)
   GROUP BY o.city HAVING count(*) > 0 ORDER BY value DESC NULLS LAST LIMIT 10`,
  `SELECT c.relname, a.attname, i.indisunique, pg_get_indexdef(i.indexrelid), pg_relation_size(c.oid)
   FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid LEFT JOIN pg_index AS i ON i.indrelid = c.oid
   WHERE c.relkind = 'r' AND a.attnum > 0 ORDER BY c.relname, a.attnum LIMIT 50`,
  `SELECT date_trunc('hour', t) AS hour, extract(epoch FROM t), to_char(t, 'YYYY-MM-DD'), t::date, md5(t::text)
   FROM generate_series(timestamp '2026-03-01', timestamp '2026-03-02', interval '1 hour') AS t`,
  `EXPLAIN (FORMAT JSON) SELECT * FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
   WHERE c.relname = 'pg_class' ORDER BY a.attnum LIMIT 5`,
  `EXPLAIN (FORMAT JSON, ANALYZE, BUFFERS) SELECT count(*) FROM pg_class WHERE relkind = 'r'`,
];

async function boot(setup: string): Promise<PGlite> {
  const hash = createHash('sha256').update(`${await engineVersion()} ${IMAGE_VERSION} ${setup}`);
  const image = join(cacheFolder, `${hash.digest('hex')}.tar.zst`);
  const stored = await load(image);
  if (stored) return PGlite.create({ loadDataDir: stored });
  const database = await PGlite.create();
  if (setup) await database.exec(setup);
  await database.exec('VACUUM ANALYZE');
  // Without it each boot from the image would replay the log of the whole setup.
  await database.exec('CHECKPOINT');
  await store(image, await database.dumpDataDir('none'));
  return database;
}

/**
 * Splits a file of named queries: each starts with a line `-- name: running_total` and reaches to
 * the next such line. Names are letters, digits, and underscores.
 *
 * @returns name -> text, in the order of the file, without those that hold only comments.
 */
export function namedQueries(text: string): Map<string, string> {
  const [, ...parts] = text.split(/^--[ \t]*name:[ \t]*(\w+)[ \t]*\r?$/m);
  const queries = new Map<string, string>();
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [name = '', query = ''] = parts.slice(at, at + 2);
    if (withoutComments(query).trim() !== '') queries.set(name, query.trim());
  }
  return queries;
}

/** The text with each comment replaced by a space; quoted texts and names stay as they are. */
export function withoutComments(sql: string): string {
  return sql.replace(TOKEN, (token) => (/^(--|\/\*)/.test(token) ? ' ' : token));
}

/** Cuts a script into its statements, at the semicolons outside of quotes and comments. */
export function statements(script: string): string[] {
  return withoutComments(script)
    .replace(TOKEN, (token) => (token === ';' ? STATEMENT_END : token))
    .split(STATEMENT_END)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}

/** A comment, a quoted text or name, or a semicolon: whatever decides where a statement ends. */
const TOKEN = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\1\$|;/g;
const STATEMENT_END = '\u0000';

/** A value as {@link rows} returns it. */
export type Plain = string | number | boolean | null;

/**
 * Runs one query and returns its rows as plain data: every kind of number becomes a `number`, and
 * dates and times stay the text that Postgres writes (`2026-03-01`, `2026-03-01 08:00:00+00`).
 *
 * @throws what Postgres reports.
 */
export async function rows(
  database: Pick<PGlite, 'query'>,
  query: string,
  parameters: readonly Plain[] = [],
): Promise<Record<string, Plain>[]> {
  const result = await database.query<Record<string, Plain>>(query, [...parameters], { parsers });
  return result.rows;
}

/** Two tables as text, and what sets them apart in one line (empty when nothing does). */
export interface Comparison {
  readonly actual: string;
  readonly expected: string;
  readonly difference: string;
}

/**
 * Puts rows and an expectation into the same readable text, in which the order of rows and columns
 * does not count: `expect(actual, difference).toBe(expected)` then shows the lines that differ.
 *
 * @param found as {@link rows} returns them. Numbers are rounded to four places, dates and times cut
 *   to minutes (`2026-03-01T08:00`).
 * @param wanted a line with the names of the columns, then a line for each row; values are separated
 *   by blanks, `null` stands for NULL.
 */
export function compareTables(
  found: readonly Readonly<Record<string, Plain>>[],
  wanted: string,
): Comparison {
  const [header = [], ...body] = wanted
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([first]) => first !== '');
  const columns = found[0] ? inOrderOf(header, Object.keys(found[0])) : header;
  const head = columns.join(' ');
  const wantedHead = header.join(' ');
  const lines = found.map((row) => columns.map((name) => cell(row[name] ?? null)).join(' '));
  const wantedLines = body.map((cells) => cells.join(' '));
  return {
    actual: [head, ...lines.toSorted()].join('\n'),
    expected: [wantedHead, ...wantedLines.toSorted()].join('\n'),
    difference:
      head === wantedHead
        ? [
            ...listed('missing', without(wantedLines, lines)),
            ...listed('unexpected', without(lines, wantedLines)),
          ].join(', ')
        : `columns are ${head}, expected ${wantedHead}`,
  };
}

function inOrderOf(header: readonly string[], names: readonly string[]): string[] {
  const rest = names.filter((name) => !header.includes(name));
  return [...header.filter((name) => names.includes(name)), ...rest];
}

function without(lines: readonly string[], taken: readonly string[]): string[] {
  const left = [...taken];
  return lines.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function listed(label: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, 3).map((line) => `(${line})`);
  return [`${label}: ${shown.join(' ')}${lines.length > 3 ? ` and ${lines.length - 3} more` : ''}`];
}

function cell(value: Plain): string {
  if (typeof value === 'number') return String(Math.round(value * 10_000) / 10_000);
  return String(value).replace(/^(\d{4}-\d\d-\d\d) (\d\d:\d\d).*$/, '$1T$2');
}

const asText = (value: string): string => value;
const parsers = {
  [types.INT8]: Number,
  [types.NUMERIC]: Number,
  [types.DATE]: asText,
  [types.TIME]: asText,
  [types.TIMESTAMP]: asText,
  [types.TIMESTAMPTZ]: asText,
};

/** A node of a plan, under the names of `EXPLAIN (FORMAT JSON)`. */
export interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly 'Subplan Name'?: string;
  readonly Plans?: readonly PlanNode[];
  readonly [detail: string]: unknown;
}

/**
 * The plan of a query, as a list of its nodes from the top down.
 *
 * @param options for EXPLAIN, such as `ANALYZE, BUFFERS` (which runs the query).
 * @throws what Postgres reports.
 */
export async function plan(
  database: Pick<PGlite, 'query'>,
  query: string,
  options = '',
): Promise<PlanNode[]> {
  const explain = `EXPLAIN (FORMAT JSON${options && `, ${options}`}) ${query}`;
  const result = await database.query<{ 'QUERY PLAN': readonly [{ Plan: PlanNode }] }>(explain);
  return result.rows.flatMap((row) => nodes(row['QUERY PLAN'][0].Plan));
}

function nodes(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodes)];
}

/** Read from the disk, as the package does not export its manifest. */
async function engineVersion(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const manifest = await readFile(join(dirname(entry), '../package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  return version;
}

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);
/** The fastest level: a data folder is mostly zeros, and shrinks to a tenth of its size. */
const level = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** A missing or damaged image is no image. */
async function load(image: string): Promise<Blob | undefined> {
  try {
    return new Blob([await decompress(await readFile(image))]);
  } catch {
    return undefined;
  }
}

/** Best effort: where the cache cannot be written (read-only folder, sandbox) the next boot is slow, not wrong. */
async function store(image: string, dump: Blob): Promise<void> {
  const draft = `${image}.${randomUUID()}`;
  try {
    await mkdir(dirname(image), { recursive: true });
    await writeFile(draft, await compress(await dump.arrayBuffer(), level));
    await rename(draft, image);
  } catch {
    // The database works without its image.
  }
}
