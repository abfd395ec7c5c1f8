import { bytesOutput, defineCommand, latin1FromBytes, unsafeBytesFromLatin1 } from 'just-bash';

/** Without `--`: what follows it and looks like an option becomes a path. */
export function withoutDashes(args: string[]): string[] {
  const at = args.indexOf('--');
  if (at < 0) return args;
  const operands = args.slice(at + 1).map((word) => (word.startsWith('-') ? `./${word}` : word));
  return [...args.slice(0, at), ...operands];
}

/** `-0rn1` becomes `-0 -r -n 1`; `valued` are the options that take a value. */
export function separate(args: string[], valued: string): string[] {
  return args.flatMap((word) => {
    const cluster = /^-([^-].*)$/s.exec(word)?.[1];
    if (cluster === undefined) return [word];
    const at = [...cluster].findIndex((letter) => valued.includes(letter));
    const flags = [...(at < 0 ? cluster : cluster.slice(0, at))].map((letter) => `-${letter}`);
    if (at < 0) return flags;
    const value = cluster.slice(at + 1);
    return [...flags, `-${cluster[at]}`, ...(value === '' ? [] : [value])];
  });
}

interface Key {
  /** Field and character of the first and the last position, 1-based; 0 is the end of the field or line. */
  readonly from: readonly [field: number, character: number];
  readonly to: readonly [field: number, character: number];
  readonly flags: string;
}

/**
 * GNU sort in the C locale: bytes decide, and a field has its leading blanks. (The one of just-bash
 * compares text by locale and counts the blanks in front of `uniq -c` as a field.)
 */
export const sortCommand = defineCommand('sort', async (args, { fs, stdin, cwd }) => {
  const long: Readonly<Record<string, string>> = {
    '--numeric-sort': '-n',
    '--reverse': '-r',
    '--unique': '-u',
    '--stable': '-s',
    '--zero-terminated': '-z',
    '--ignore-leading-blanks': '-b',
    '--key': '-k',
    '--field-separator': '-t',
    '--output': '-o',
  };
  const known = withoutDashes(args).flatMap((word) => {
    const [name = '', value] = word.split(/=(.*)/s);
    return long[name] === undefined
      ? [word]
      : [long[name], ...(value === undefined ? [] : [value])];
  });
  const words = separate(known, 'ktoST');
  const keys: Key[] = [];
  const paths: string[] = [];
  let flags = '';
  let separator: string | undefined;
  let output: string | undefined;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const value = () => words[(at += 1)] ?? '';
    if (word === '-k') keys.push(keyOf(value()));
    else if (word === '-t') separator = value().replace('\\0', '\0');
    else if (word === '-o') output = value();
    else if (word === '-S' || word === '-T') value();
    else if (/^-[nrusbfgdihVz]$/.test(word)) flags += word.slice(1);
    else if (/^-./.test(word)) return failure(`sort: invalid option -- '${word.slice(1)}'`);
    else paths.push(word);
  }
  const texts: string[] = [];
  for (const path of paths.length > 0 ? paths : ['-']) {
    const file = fs.resolvePath(cwd, path);
    if (path === '-') texts.push(latin1FromBytes(stdin));
    else if ((await fs.exists(file)) && (await fs.stat(file)).isFile)
      texts.push(Buffer.from(await fs.readFileBuffer(file)).toString('latin1'));
    else return failure(`sort: cannot read: ${path}: No such file or directory`);
  }
  const end = flags.includes('z') ? '\0' : '\n';
  const lines = texts.flatMap((text) =>
    text.split(end).slice(0, text.endsWith(end) ? -1 : undefined),
  );
  const all = texts.every((text) => text === '') ? [] : lines;
  const compare = comparison(keys, flags, separator);
  const last = (a: string, b: string) => (flags.includes('r') ? order(b, a) : order(a, b));
  const exact = /[su]/.test(flags) ? () => 0 : last;
  const sorted = all.toSorted((a, b) => compare(a, b) || exact(a, b));
  const kept = flags.includes('u')
    ? sorted.filter((line, at) => at === 0 || compare(sorted[at - 1] ?? '', line) !== 0)
    : sorted;
  const text = kept.map((line) => line + end).join('');
  if (output === undefined)
    return { ...bytesOutput(unsafeBytesFromLatin1(text)), stderr: '', exitCode: 0 };
  await fs.writeFile(fs.resolvePath(cwd, output), text, 'latin1');
  return { stdout: '', stderr: '', exitCode: 0 };
});

function failure(message: string) {
  return { stdout: '', stderr: `${message}\n`, exitCode: 2 };
}

/** `2,3nr`, `1.2b,1.4`. */
function keyOf(text: string): Key {
  const [, f1 = '1', c1 = '1', flags1 = '', f2 = '0', c2 = '0', flags2 = ''] =
    /^(\d+)(?:\.(\d+))?([a-zA-Z]*)(?:,(\d+)(?:\.(\d+))?([a-zA-Z]*))?$/.exec(text) ?? [];
  return {
    from: [Number(f1), Number(c1)],
    to: [Number(f2), Number(c2)],
    flags: flags1 + flags2,
  };
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function comparison(keys: readonly Key[], flags: string, separator: string | undefined) {
  const global = flags.replace(/[suz]/g, '');
  const parts = (keys.length > 0 ? keys : [keyOf('1')]).map((key) => {
    const own = key.flags === '' ? global : key.flags;
    return { take: (line: string) => extract(line, key, separator, own), own };
  });
  return (a: string, b: string): number => {
    for (const { take, own } of parts) {
      const result = /[ng]/.test(own)
        ? number(take(a)) - number(take(b))
        : order(folded(take(a), own), folded(take(b), own));
      if (result !== 0) return own.includes('r') ? -result : result;
    }
    return 0;
  };
}

function folded(text: string, flags: string): string {
  return flags.includes('f') ? text.toUpperCase() : text;
}

function number(text: string): number {
  return Number(/^\s*(-?\d+(?:\.\d+)?)/.exec(text)?.[1] ?? 0);
}

function extract(line: string, key: Key, separator: string | undefined, flags: string): string {
  const fields =
    separator === undefined ? (line.match(/\s*\S+|\s+$/g) ?? []) : line.split(separator);
  const width = separator?.length ?? 0;
  const startOf = (field: number) =>
    fields.slice(0, field - 1).reduce((sum, part) => sum + part.length + width, 0);
  const blanks = flags.includes('b')
    ? (/^\s*/.exec(fields[key.from[0] - 1] ?? '')?.[0].length ?? 0)
    : 0;
  const start = startOf(key.from[0]) + blanks + key.from[1] - 1;
  const [field, character] = key.to;
  if (field === 0) return line.slice(start);
  const end = startOf(field) + (character === 0 ? (fields[field - 1] ?? '').length : character);
  return line.slice(start, end);
}
