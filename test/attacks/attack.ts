import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * A kata that tries something. Its first line is `// <id> <name> [<aim>]`, its second one says what it
 * tries; `//@` lines say what lies beside it:
 *
 *     //@file <path> | <text>       a file
 *     //@symlink <path> -> <target> a symbolic link
 *     //@fifo <path>                a named pipe
 *     //@large <path> <lines>       a module of many lines
 *     //@nest <depth> <open> <close> an expression within expressions, at the end of the kata
 *     //@runs <times>               it is graded more than once
 *     //@limit <milliseconds>       its time, where that of the others is more than it needs
 */
export interface Attack {
  /** The first letter is the family. */
  readonly id: string;
  readonly name: string;
  /** The second line of the header. */
  readonly tries: string;
  readonly source: string;
  readonly runs: number;
  /** Milliseconds. */
  readonly limit: number;
}

const LIMIT = 3_000;

/** Attacks of a folder, by name. */
export function readAttacks(folder: string): Attack[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .map((file) => {
      const source = readFileSync(join(folder, file), 'utf8');
      const [id = '', ...name] = basename(file, '.ts').split('-');
      const tries = source.split('\n')[1]?.replace(/^\/\/ ?/, '') ?? '';
      const number = (kind: string, otherwise: number): number =>
        Number(directives(source, kind)[0]?.[0] ?? otherwise);
      return {
        id,
        name: name.join('-'),
        tries,
        source,
        runs: number('runs', 1),
        limit: number('limit', LIMIT),
      };
    });
}

/** Writes an attack and what lies beside it into a folder of its own, placeholders filled in. */
export function layOut(
  { source }: Attack,
  folder: string,
  placeholders: Readonly<Record<string, string>>,
): void {
  const fill = (text: string): string =>
    Object.entries(placeholders).reduce(
      (filled, [name, value]) => filled.replaceAll(name, value),
      text,
    );
  const at = (path: string): string => {
    const target = join(folder, fill(path));
    mkdirSync(dirname(target), { recursive: true });
    return target;
  };
  const nested = directives(source, 'nest', / /).map(
    ([depth, open = '(', close = open === '(' ? ')' : '']) => {
      const times = Number(depth);
      return `export const deep = ${repeat(open, times)}0${repeat(close, times)};\n`;
    },
  );
  writeFileSync(at('kata.ts'), [fill(source), ...nested].join('\n'));
  for (const [path = '', text = ''] of directives(source, 'file', / \| /))
    writeFileSync(at(path), `${fill(text)}\n`);
  for (const [path = '', target = ''] of directives(source, 'symlink', / -> /)) {
    rmSync(at(path), { force: true });
    symlinkSync(fill(target), at(path));
  }
  for (const [path = ''] of directives(source, 'fifo')) {
    rmSync(at(path), { force: true });
    execFileSync('mkfifo', [at(path)]);
  }
  for (const [path = '', lines] of directives(source, 'large', / /)) {
    const text = Array.from({ length: Number(lines) }, (_, i) => `export const n${i} = ${i};`);
    writeFileSync(at(path), `${text.join('\n')}\n`);
  }
}

/** A text many times; `\\n` in it stands for a line break. */
function repeat(text: string, times: number): string {
  return text.replaceAll('\\n', '\n').repeat(times);
}

/** The parts of each `//@<kind>` line. */
function directives(source: string, kind: string, separator = /$^/): string[][] {
  return [...source.matchAll(new RegExp(`^//@${kind} (.*)$`, 'gm'))].map(([, text = '']) =>
    text.trim().split(separator),
  );
}
