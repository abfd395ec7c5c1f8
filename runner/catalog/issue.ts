import type { z } from 'zod';
import { didYouMean } from './nearest.ts';
import { toJsonSchema } from './schema.ts';

/** What is wrong with a field, in words for its author. */
export interface Explained {
  /** Where the field is, or would be. */
  readonly at: readonly PropertyKey[];
  readonly message: string;
  readonly remedy: string;
}

/** A schema's issue in plain words; an object with several unknown fields yields one each. */
export function explainIssue(issue: z.core.$ZodIssue, schema: z.ZodType): Explained[] {
  const described = describedAt(toJsonSchema(schema), issue.path);
  const field = issue.path.length > 0 ? `\`${fieldName(issue.path)}\`` : 'The file';
  const hint = described.description ?? 'See docs/exercise-format.md.';
  const explained = (message: string, remedy = hint): Explained[] => [
    { at: issue.path, message: `${field} ${message}.`, remedy },
  ];

  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = Object.keys(described.properties ?? {});
      return issue.keys.map((key) => ({
        at: [...issue.path, key],
        message: `There is no field \`${key}\` here.${didYouMean(key, known)}`,
        remedy: `Rename or delete it. The fields are ${known.join(', ')}.`,
      }));
    }
    case 'invalid_type':
      if (issue.input !== undefined)
        return explained(`must be ${NOUNS[issue.expected] ?? issue.expected}`);
      return explained('is missing', `Add it. ${hint}`);
    case 'invalid_value': {
      if (issue.input === undefined) return explained('is missing', `Add it. ${hint}`);
      const allowed = issue.values.map(String);
      const given = typeof issue.input === 'string' ? issue.input : '';
      return explained(
        `is ${JSON.stringify(issue.input)}, which is none of ${allowed.join(', ')}`,
        `Choose one of them.${didYouMean(given, allowed)}`,
      );
    }
    case 'too_small':
    case 'too_big':
      if (issue.origin !== 'number' && issue.origin !== 'int') return explained(issue.message);
      return explained(
        issue.code === 'too_big'
          ? `must be at most ${issue.maximum}`
          : `must be ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`,
      );
    case 'invalid_key':
      return explained('must be lower-case words joined by hyphens', 'Rename it.');
    default:
      return explained(issue.message);
  }
}

const NOUNS: Partial<Record<string, string>> = {
  string: 'a text; put it in quotes if it looks like a number or a date',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'a set of fields',
  record: 'a set of entries',
};

/** `phases[2].topics[0].title` */
function fieldName(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) =>
      typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${String(part)}`,
    )
    .join('');
}

interface Described {
  readonly description?: string | undefined;
  readonly properties?: Readonly<Record<string, unknown>> | undefined;
}

/** The part of a JSON Schema that describes what lies at a path. */
function describedAt(
  schema: z.core.JSONSchema.BaseSchema,
  path: readonly PropertyKey[],
): Described {
  let here = schema;
  for (const part of path) {
    const inner: unknown =
      typeof part === 'number'
        ? here.items
        : (here.properties?.[String(part)] ?? here.additionalProperties);
    if (!isSchema(inner)) break;
    here = inner;
  }
  return here;
}

function isSchema(value: unknown): value is z.core.JSONSchema.BaseSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
