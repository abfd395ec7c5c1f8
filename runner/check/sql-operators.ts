/** A way to get SQL slightly wrong. */
interface SqlOperator {
  readonly name: string;
  readonly of: RegExp;
  readonly to: (found: string) => string;
}

const swap = (name: string, ...pairs: readonly (readonly [string, string])[]): SqlOperator[] =>
  pairs.map(([one, other]) => ({
    name,
    of: new RegExp(
      one.replaceAll(/[*()+]/g, String.raw`\$&`).replace(/^(?=\w)/, String.raw`\b`),
      'gi',
    ),
    to: () => other,
  }));

/** What people confuse in queries. Each occurrence makes a mutant. */
export const SQL_OPERATORS: readonly SqlOperator[] = [
  ...swap('comparison', [' <= ', ' < '], [' >= ', ' > '], [' < ', ' <= '], [' > ', ' >= ']),
  ...swap('comparison', [' = ', ' <> '], [' <> ', ' = '], ['IS NULL', 'IS NOT NULL']),
  ...swap('comparison', ['IS NOT NULL', 'IS NULL'], ['NOT EXISTS', 'EXISTS'], ['NOT IN', 'IN']),
  ...swap('logic', [' AND ', ' OR '], [' OR ', ' AND ']),
  ...swap('arithmetic', [' + ', ' - '], [' - ', ' + '], [' * ', ' + '], [' / ', ' * ']),
  ...swap('order', [' DESC', ' ASC'], [' ASC', ' DESC'], ['NULLS LAST', 'NULLS FIRST']),
  ...swap('join', ['LEFT JOIN', 'JOIN'], ['UNION ALL', 'UNION'], ['DISTINCT ', '']),
  ...swap('frame', ['ROWS BETWEEN', 'RANGE BETWEEN'], ['UNBOUNDED PRECEDING', 'CURRENT ROW']),
  ...swap('function', ['dense_rank()', 'rank()'], ['row_number()', 'rank()'], ['lag(', 'lead(']),
  ...swap('function', ['lead(', 'lag('], ['min(', 'max('], ['max(', 'min('], ['sum(', 'max(']),
  ...swap('function', ['rank()', 'dense_rank()'], ['count(*)', 'count(NULL)'], ['avg(', 'max(']),
  { name: 'partition', of: /PARTITION BY [\w.]+(, [\w.]+)*/gi, to: () => '' },
  { name: 'number', of: /(?<![\w.'])\d+(?![\w.'])/g, to: (found) => String(Number(found) + 1) },
  { name: 'text', of: /(?<=[=(,] )'[^']+'/g, to: () => "''" },
];
