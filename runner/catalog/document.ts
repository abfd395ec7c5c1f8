import { LineCounter, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import type { z } from 'zod';
import { explainIssue } from './issue.ts';
import type { Problem } from './model.ts';

/** The 1-based line of what lies at a path, or of the nearest thing around it. */
export type LineOf = (path: readonly PropertyKey[]) => number;

/** A YAML file's content, unchecked. */
export interface YamlText {
  /** Undefined when the text is not YAML. */
  readonly value: unknown;
  readonly lineOf: LineOf;
  readonly problems: readonly Problem[];
}

/** Reads YAML; every syntax error becomes a problem of the file `path`. */
export function readYaml(path: string, text: string): YamlText {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problems = document.errors.map((error) => ({
    path,
    line: lines.linePos(error.pos[0]).line,
    rule: 'yaml',
    message: `This is not YAML: ${error.message}.`,
    remedy: 'Mend the line; texts with a colon or a # need quotes.',
  }));
  return {
    value: problems.length > 0 ? undefined : document.toJS(),
    lineOf: (at) => lines.linePos(offsetOf(document, at)).line,
    problems,
  };
}

/** The value as the schema makes it, or every way in which it breaks the schema. */
export function validate<T>(
  schema: z.ZodType<T>,
  value: unknown,
  path: string,
  lineOf: LineOf,
): { readonly value?: T; readonly problems: readonly Problem[] } {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return { value: result.data, problems: [] };
  const problems = result.error.issues.flatMap((issue) =>
    explainIssue(issue, schema).map(({ at, message, remedy }) => ({
      path,
      line: lineOf(at),
      rule: 'schema',
      message,
      remedy,
    })),
  );
  return { problems };
}

function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range[0] ?? 0;
  for (const segment of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === segment);
      if (!pair || !isScalar(pair.key)) break;
      offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(segment)];
      if (!isScalar(item) && !isMap(item) && !isSeq(item)) break;
      offset = item.range?.[0] ?? offset;
      node = item;
    } else break;
  }
  return offset;
}
