import type { ParseArgsOptionsConfig } from 'node:util';

/** What a command is given: its options and words, already parsed. */
export interface Arguments {
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
}

/** One verb of the command line. */
export interface Command {
  /** After the verb: `[slug]`. */
  readonly usage: string;
  /** One line. */
  readonly summary: string;
  /** What `--help` says beyond usage and options. */
  readonly details?: string;
  readonly options: ParseArgsOptionsConfig;
  /** Explains each option, by its name. */
  readonly optionHelp: Readonly<Record<string, string>>;
  /** Most words that it takes. */
  readonly words: number;
  /** @returns the exit code. */
  run(args: Arguments): Promise<number>;
}

/** Exit codes of every command. */
export const EXIT = { ok: 0, notPassed: 1, failed: 2, interrupted: 130 } as const;

/** What the person who typed the command can put right: printed as it is, without a stack. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** Options that several commands share. */
export const SHARED = {
  json: { type: 'boolean' },
  workspace: { type: 'string' },
} as const satisfies ParseArgsOptionsConfig;

export const SHARED_HELP = {
  json: 'print one JSON object for machines (docs/command-line.md)',
  workspace: 'the folder in which you solve katas; remembered (default: workspace/ in the clone)',
} as const;

/** Of commands about one exercise, or about what there is in a language. */
export const EDITION = { edition: { type: 'string' } } as const satisfies ParseArgsOptionsConfig;

export const EDITION_HELP = {
  edition: 'the language, typescript or python (default: the one you take)',
} as const;

/** Prints to standard output, with a line break. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Tells the person at the keyboard something that is not the answer of the command, on standard error. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Prints one JSON object, in the shape that docs/command-line.md describes. */
export function printJson(command: string, facts: Readonly<Record<string, unknown>>): void {
  print(JSON.stringify({ version: 1, command, ...facts }, null, 2));
}

/** An option that takes a value, when it was given. */
export function text(args: Arguments, name: string): string | undefined {
  const value = args.options[name];
  return typeof value === 'string' ? value : undefined;
}
