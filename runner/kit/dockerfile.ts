import { DockerfileParser } from 'dockerfile-ast';
import { posix } from 'node:path';
import { glob } from './docker-files';

/** One instruction, free of its layout. */
export interface Instruction {
  /** In upper case. */
  readonly keyword: string;
  /** 1-based. */
  readonly line: number;
  readonly flags: readonly Flag[];
  /** What follows the flags: continued lines joined, comments removed; of a heredoc, its body. */
  readonly text: string;
  /** The words, where they are written in exec form (a JSON array). */
  readonly exec: readonly string[] | undefined;
}

/** `--name=value`. */
export interface Flag {
  readonly name: string;
  readonly value: string;
}

/** What stands between one FROM and the next. */
export interface Stage {
  /** As named by AS, else its position. */
  readonly name: string;
  /** An image or an earlier stage; global build arguments are replaced by their values. */
  readonly from: string;
  readonly line: number;
  readonly instructions: readonly Instruction[];
}

/** Variables by name. */
export type Variables = Record<string, string>;

/** A Dockerfile as plain data. */
export interface Dockerfile {
  readonly stages: readonly Stage[];
  /** The build arguments before the first FROM. */
  readonly globals: Variables;
}

/** Reads a Dockerfile. `args` are the values that the build gives to build arguments. */
export function readDockerfile(text: string, args: Variables = {}): Dockerfile {
  const parsed = DockerfileParser.parse(text);
  const globals = { ...platform };
  const stages: (Stage & { instructions: Instruction[] })[] = [];
  for (const node of parsed.getInstructions()) {
    const raw = node.getRawArgumentsContent() ?? '';
    const heredoc = /^<<-?(["']?)(\w+)\1[^\n]*\n([\s\S]*?)\n?[ \t]*\2\s*$/.exec(raw)?.[3];
    const content = heredoc ?? joinLines(raw, parsed.getEscapeCharacter());
    const instruction: Instruction = {
      keyword: node.getKeyword(),
      line: node.getRange().start.line + 1,
      flags: readFlags(node),
      text: content,
      exec: heredoc === undefined ? execForm(content) : undefined,
    };
    const stage = stages.at(-1);
    if (instruction.keyword === 'FROM') {
      const [from = '', as, name] = content.split(/\s+/);
      stages.push({
        name: as && name ? name.toLowerCase() : String(stages.length),
        from: expand(unquote(from), globals),
        line: instruction.line,
        instructions: [],
      });
    } else if (stage) stage.instructions.push(instruction);
    else if (instruction.keyword === 'ARG') declare(content, globals, args);
  }
  return { stages, globals };
}

const platform: Variables = {
  BUILDPLATFORM: 'linux/amd64',
  TARGETPLATFORM: 'linux/amd64',
  TARGETOS: 'linux',
  TARGETARCH: 'amd64',
};

function hasFlags(node: object): node is { getFlags(): Iterable<unknown> } {
  return 'getFlags' in node && typeof node.getFlags === 'function';
}

function readFlags(node: object): Flag[] {
  if (!hasFlags(node)) return [];
  const flags = node.getFlags();
  return [...flags].map((flag) => {
    const [, name = '', value = ''] = /^--([^=]*)=?(.*)$/s.exec(String(flag)) ?? [];
    return { name, value: unquote(value) };
  });
}

function joinLines(raw: string, escape: string): string {
  const lines = raw.split(/\r?\n/);
  return lines
    .filter((line, index) => index === 0 || !/^\s*#/.test(line))
    .map((line) => (line.trimEnd().endsWith(escape) ? line.trimEnd().slice(0, -1) : `${line}\n`))
    .join('')
    .trim();
}

/** The words of a JSON array of strings, else undefined. */
export function execForm(text: string): string[] | undefined {
  try {
    const words: unknown = JSON.parse(text);
    if (Array.isArray(words) && words.every((word) => typeof word === 'string')) return words;
  } catch {
    // What is no JSON is shell form.
  }
  return undefined;
}

/** `NAME=value OTHER="two words"`, or the old `NAME value`. */
export function readPairs(text: string): [name: string, value: string][] {
  const words = text.match(/(?:"(?:\\.|[^"])*"|'[^']*'|\\.|[^\s"'\\])+/gs) ?? [];
  const [first = ''] = words;
  if (!first.includes('=')) return [[first, unquote(text.slice(first.length).trim())]];
  return words.map((word) => {
    const at = word.indexOf('=');
    return [unquote(word.slice(0, at)), unquote(word.slice(at + 1))];
  });
}

/** ARG: adds the arguments to a scope. */
export function declare(
  text: string,
  scope: Variables,
  given: Variables = {},
  inherited: Variables = {},
): void {
  for (const word of text.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? []) {
    const at = word.indexOf('=');
    const name = at < 0 ? word : word.slice(0, at);
    const fallback = at < 0 ? inherited[name] : expand(unquote(word.slice(at + 1)), scope);
    const value = given[name] ?? fallback;
    if (value !== undefined) scope[name] = value;
  }
}

/** Puts in `$NAME`, `${NAME}`, `${NAME:-other}` and `${NAME:+other}`. */
export function expand(text: string, variables: Variables): string {
  return text.replace(
    /\\(\$)|\$(?:(\w+)|\{(\w+)(?::?([-+])([^}]*))?\})/g,
    (
      _,
      escaped?: string,
      plain?: string,
      braced: string = '',
      operator?: string,
      alternative: string = '',
    ) => {
      if (escaped) return '$';
      const value = variables[plain ?? braced] ?? '';
      if (operator === '-') return value || expand(alternative, variables);
      if (operator === '+') return value && expand(alternative, variables);
      return value;
    },
  );
}

/** Without the quotes of a word of a Dockerfile. */
export function unquote(word: string): string {
  return word.replace(
    /"((?:\\.|[^"\\])*)"|'([^']*)'/gs,
    (_, double?: string, single: string = '') => double ?? single,
  );
}

/**
 * Whether a `.dockerignore` keeps a path out of the build context: patterns start at the root, the
 * last match wins, and a folder takes along what is in it.
 */
export function ignores(dockerignore: string): (path: string) => boolean {
  const rules = dockerignore
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => {
      const keep = line.startsWith('!');
      const path = posix.normalize(line.slice(keep ? 1 : 0).trim()).replace(/^\/|\/$/g, '');
      return { keep, pattern: glob(path) };
    });
  return (path) => {
    const parts = path.split('/');
    const prefixes = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
    return !(
      rules.findLast(({ pattern }) => prefixes.some((prefix) => pattern.test(prefix)))?.keep ?? true
    );
  };
}

/** One simple command of a RUN. */
export interface Command {
  readonly words: string[];
  /** `NAME=value` before the command. */
  readonly env: Variables;
  /** Files that the output goes to. */
  readonly writes: string[];
}

/** The simple commands of a RUN in order: conditions and loops are taken as if each ran once. */
export function commands(
  { exec, text }: Pick<Instruction, 'exec' | 'text'>,
  variables: Variables = {},
): Command[] {
  const found = exec ? [{ words: [...exec], env: {}, writes: [] }] : shellCommands(text, variables);
  return found.flatMap((command) => {
    const [program = '', ...args] = command.words;
    const script = args[args.findIndex((word) => /^-\w*c$/.test(word)) + 1];
    return /^(\/bin\/)?(ba|da|a)?sh$/.test(program) && script !== args[0]
      ? shellCommands(script ?? '', variables)
      : [command];
  });
}

const shellToken =
  /[^\S\n]*(?:(#[^\n]*)|(&&|\|\||[;|&\n()])|(?:\d?>&\d)|(?:\d?(>>?|<)[^\S\n]*)|((?:\\[\s\S]|'[^']*'|"(?:\\[\s\S]|[^"\\])*"|\$\{[^}]*\}|\$\([^)]*\)|[^\s;|&()<>'"\\])+)|\s)/gy;
const shellWords = 'if then else elif fi do done while ! { } exec env time'.split(' ');

function shellCommands(script: string, variables: Variables): Command[] {
  const found: Command[] = [];
  let command: Command = { words: [], env: {}, writes: [] };
  let redirect: string | undefined;
  const finish = () => {
    if (command.words.length > 0 || command.writes.length > 0) found.push(command);
    command = { words: [], env: {}, writes: [] };
  };
  for (const [, , operator, arrow, word] of script.matchAll(shellToken)) {
    if (operator) finish();
    else if (arrow) redirect = arrow;
    else if (word !== undefined) {
      const value = shellValue(word, variables);
      const [, name, assigned] = /^(\w+)=(.*)$/s.exec(value) ?? [];
      if (redirect) {
        if (redirect !== '<') command.writes.push(value);
        redirect = undefined;
      } else if (command.words.length > 0) command.words.push(value);
      else if (name !== undefined) command.env[name] = assigned ?? '';
      else if (!shellWords.includes(value)) command.words.push(value);
    }
  }
  finish();
  return found;
}

function shellValue(word: string, variables: Variables): string {
  return word.replace(
    /'([^']*)'|"((?:\\[\s\S]|[^"\\])*)"|\\([\s\S])|([^'"\\]+)/g,
    (_, single?: string, double?: string, escaped?: string, plain: string = '') =>
      single ?? escaped ?? expand((double ?? plain).replace(/\\(["`\\])/g, '$1'), variables),
  );
}
