import { defineCommand } from 'just-bash';
import type { CustomCommand, ExecResult } from 'just-bash';
import { separate, sortCommand, withoutDashes } from './shell-sort';

const nothing: ExecResult = { stdout: '', stderr: '', exitCode: 0 };

/** A command of just-bash whose arguments are first put in a form that it understands. */
function adapted(name: string, adapt: (args: string[]) => string[]): CustomCommand {
  return defineCommand(name, async (args, { origCommand }) => {
    if (!origCommand) throw new Error(`just-bash has no ${name}`);
    return origCommand(adapt(args));
  });
}

/** xargs: only what stands before the command belongs to xargs itself. */
function xargs(args: string[]): string[] {
  const long: Readonly<Record<string, string>> = {
    '--null': '-0',
    '--no-run-if-empty': '-r',
    '--max-args': '-n',
    '--replace': '-I',
  };
  let end = 0;
  while (end < args.length && /^-/.test(args[end] ?? '')) {
    if (args[end] === '--') break;
    end += /^-\w*[nILPds]$/.test(args[end] ?? '') ? 2 : 1;
  }
  const own = args.slice(0, end).flatMap((word) => {
    const [name = '', value] = word.split(/=(.*)/s);
    return long[name] === undefined
      ? [word]
      : [long[name], ...(value === undefined ? [] : [value])];
  });
  const options = separate(own, 'nILPds').map((word) => (word === '-L' ? '-n' : word));
  const parallel = options.indexOf('-P');
  if (parallel >= 0) options.splice(parallel, 2);
  return [...options, ...args.slice(args[end] === '--' ? end + 1 : end)];
}

/** awk: `-v OFS=x` and its like are set by the program, because just-bash forgets them. */
function awk(args: string[]): string[] {
  const words = separate(withoutDashes(args).slice(0, optionsEnd(args)), 'vFf');
  const rest = withoutDashes(args).slice(optionsEnd(args));
  const settings: string[] = [];
  const options: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const [, name, value = ''] = /^([A-Z]+)=(.*)$/s.exec(words[at + 1] ?? '') ?? [];
    if (words[at] === '-v' && name !== undefined) {
      settings.push(`${name} = "${value.replaceAll('"', '\\"')}"`);
      at += 1;
    } else options.push(words[at] ?? '');
  }
  const [program = '', ...files] = rest;
  const begin = settings.length === 0 ? '' : `BEGIN { ${settings.join('; ')} } `;
  return [...options, begin + program, ...files];
}

/** Where the options of awk end and its program begins. */
function optionsEnd(args: readonly string[]): number {
  let at = 0;
  while (/^-./.test(args[at] ?? '') && args[at] !== '--')
    at += /^-[vFf]$/.test(args[at] ?? '') ? 2 : 1;
  return at;
}

/** find: patterns of -regex in the syntax that just-bash takes for all of them. */
function find(args: string[]): string[] {
  const basic = !args.includes('-regextype');
  const words = withoutFirst(args).filter(
    (word, at, all) => word !== '-regextype' && all[at - 1] !== '-regextype',
  );
  return words.map((word, at) =>
    basic && /^-i?regex$/.test(words[at - 1] ?? '') ? word.replace(/\\([()|])/g, '$1') : word,
  );
}

/** find takes `--` before its paths, and leaves one in -exec alone. */
function withoutFirst(args: string[]): string[] {
  return args[0] === '--' ? args.slice(1) : args;
}

/** Commands that just-bash lacks, and those of which it knows less than scripts ask for. */
export const additions: CustomCommand[] = [
  ...['head', 'jq', 'sed', 'sha256sum', 'tail'].map((name) => adapted(name, withoutDashes)),
  adapted('awk', awk),
  adapted('find', find),
  adapted('chmod', (args) => withoutDashes(args).filter((word) => word !== '-c' && word !== '-f')),
  adapted('mv', (args) => separate(args, 'St').filter((word) => word !== '-T')),
  defineCommand('stat', async (args, { origCommand, fs, cwd }) => {
    if (!origCommand) throw new Error('just-bash has no stat');
    const words = withoutDashes(
      args.flatMap((word) => word.replace(/^--format=/, '-c\0').split('\0')),
    );
    const at = words.indexOf('-c') + 1;
    const path = fs.resolvePath(cwd, words.at(-1) ?? '');
    if (at === 0 || !(await fs.exists(path))) return origCommand(words);
    // The time of the last change, of one file.
    const changed = Math.floor((await fs.stat(path)).mtime.getTime() / 1000);
    return origCommand(words.with(at, (words[at] ?? '').replaceAll('%Y', String(changed))));
  }),
  adapted('xargs', xargs),
  sortCommand,
  defineCommand('cut', async (args, { origCommand }) => {
    if (!origCommand) throw new Error('just-bash has no cut');
    const words = withoutDashes(args);
    const isFile = (word: string, at: number) =>
      !word.startsWith('-') && !/^-\w*[dfcb]$/.test(words[at - 1] ?? '');
    const paths = words.filter(isFile);
    const options = words.filter((word, at) => !isFile(word, at));
    // One file at a time, because each ends its last line.
    const results: ExecResult[] = [];
    for (const path of paths) results.push(await origCommand([...options, path]));
    if (paths.length === 0) results.push(await origCommand(options));
    return {
      stdout: results.map(({ stdout }) => stdout.replace(/[^\n]$/, '$&\n')).join(''),
      stderr: results.map(({ stderr }) => stderr).join(''),
      exitCode: Math.max(...results.map(({ exitCode }) => exitCode)),
    };
  }),
  defineCommand('mktemp', async (args, { fs }) => {
    const path = `/tmp/tmp.${fs.getAllPaths().length}`;
    const isFolder = args.some((word) => /^-\w*d|^--directory$/.test(word));
    await (isFolder ? fs.mkdir(path, { recursive: true }) : fs.writeFile(path, ''));
    return { ...nothing, stdout: `${path}\n` };
  }),
  defineCommand('id', (args) =>
    Promise.resolve({
      ...nothing,
      stdout: args.some((word) => /^-\w*n/.test(word)) ? 'user\n' : '1000\n',
    }),
  ),
  // Accepted, so that the first lines of a strict script run; they have no effect.
  defineCommand('trap', () => Promise.resolve(nothing)),
  defineCommand('umask', () => Promise.resolve(nothing)),
];
