import { posix } from 'node:path';
import {
  BuildError,
  folder,
  hasProgram,
  match,
  remove,
  set,
  userId,
  within,
  write,
} from './docker-files';
import type { Files } from './docker-files';
import type { Command, Variables } from './dockerfile';

/*
 * What the commands of a RUN do to an image, as far as it matters for its content: npm, tsc, apt-get,
 * apk, useradd and the everyday file commands. Every other command has no effect.
 */

/** A package of the lock file. */
export interface Package {
  readonly name: string;
  readonly dev?: boolean;
  /** Compiled while it is installed, which takes python3, make and g++. */
  readonly native?: boolean;
}

/** One `npm ci` or `npm install`, as it went. */
export interface NpmInstall {
  readonly line: number;
  /** What npm read as its user or project configuration. */
  readonly npmrc: string;
  /** Whether the download cache is a cache mount. */
  readonly cached: boolean;
}

/** What a RUN executes in. */
export interface Shell {
  readonly files: Files;
  readonly packages: readonly Package[];
  readonly user: string;
  readonly line: number;
  /** Targets of its cache mounts. */
  readonly cacheMounts: readonly string[];
  /** Every npm install leaves a note here. */
  readonly installs: NpmInstall[];
  cwd: string;
  env: Variables;
}

/** Executes one simple command. @throws {BuildError} when it would fail. */
export function runCommand({ words, env, writes }: Command, shell: Shell): void {
  if (words.length === 0) Object.assign(shell.env, env);
  const [program = '', ...args] = words;
  const inner = { ...shell, env: { ...shell.env, ...env } };
  for (const path of writes)
    if (!path.startsWith('/dev/'))
      write(shell.files, place(inner, path), words.join(' '), owner(shell));
  tools[posix.basename(program)]?.(args, inner);
  shell.cwd = inner.cwd;
  if (program === 'export') shell.env = inner.env;
}

type Tool = (args: readonly string[], shell: Shell) => void;

const tools: Readonly<Record<string, Tool>> = {
  cd: (args, shell) => {
    shell.cwd = place(shell, plain(args)[0] ?? '~');
  },
  export: (args, shell) => {
    for (const word of args) shell.env[word.replace(/=.*/s, '')] = word.replace(/^[^=]*=?/s, '');
  },
  npm,
  tsc: (_, shell) => compile(shell),
  npx: (args, shell) => plain(args)[0] === 'tsc' && compile(shell),
  node: (args, shell) => args[0] === '--run' && args[1] === 'build' && compile(shell),
  apt,
  'apt-get': apt,
  apk,
  useradd: addUser,
  adduser: addUser,
  mkdir: (args, shell) => {
    for (const path of plain(args)) folder(shell.files, place(shell, path), owner(shell));
  },
  install: (args, shell) => {
    const user = userId(shell.files, option(args, '-o', '--owner') ?? owner(shell));
    if (args.some((arg) => /^-\w*d|^--directory$/.test(arg)))
      for (const path of plain(args).filter((word) => word.includes('/')))
        folder(shell.files, place(shell, path), user);
  },
  touch: (args, shell) => {
    for (const path of plain(args)) write(shell.files, place(shell, path), '', owner(shell));
  },
  chown: (args, shell) => {
    const [user = '', ...paths] = plain(args);
    const deep = args.some((arg) => /^-\w*R|^--recursive$/.test(arg));
    for (const root of existing(shell, paths))
      for (const [path, entry] of shell.files)
        if (deep ? within(path, root) : path === root)
          shell.files.set(path, { ...entry, owner: userId(shell.files, user) });
  },
  rm: (args, shell) => {
    for (const path of existing(shell, plain(args))) remove(shell.files, path);
  },
  cp: transfer,
  mv: (args, shell) => {
    transfer(args, shell);
    for (const path of existing(shell, plain(args).slice(0, -1))) remove(shell.files, path);
  },
};

function transfer(args: readonly string[], shell: Shell): void {
  const target = place(shell, plain(args).at(-1) ?? '');
  for (const path of existing(shell, plain(args).slice(0, -1))) {
    const into = shell.files.get(target)?.folder;
    const root = into ? posix.join(target, posix.basename(path)) : target;
    for (const [inner, entry] of [...shell.files])
      if (within(inner, path))
        set(shell.files, root + inner.slice(path.length), { ...entry, owner: owner(shell) });
  }
}

function npm(args: readonly string[], outer: Shell): void {
  const prefix = option(args, '-C', '--prefix');
  const shell = prefix === undefined ? outer : { ...outer, cwd: place(outer, prefix) };
  const [verb = '', noun = ''] = plain(args).filter((word) => word !== prefix);
  const isGlobal = args.some((arg) => /^(-g|--global|--location=global)$/.test(arg));
  if (isInstall(verb) || isCleanInstall(verb)) {
    if (!isGlobal) install(verb, args, shell);
  } else if (/^(run|run-script|exec|x)$/.test(verb)) {
    if (noun === 'build' || noun === 'tsc') compile(shell);
  } else if (verb === 'prune') {
    for (const { name, dev } of shell.packages)
      if (dev && omitsDev(args, shell)) remove(shell.files, place(shell, `node_modules/${name}`));
  } else if (verb === 'rebuild') compileNative(shell);
  else if (verb === 'cache' && /^(clean|clear|rm)$/.test(noun))
    remove(shell.files, posix.join(npmCache(args, shell), '_cacache'));
}

/** The spellings of `npm install`. */
export function isInstall(verb: string): boolean {
  return /^(install|i|in|add)$/.test(verb);
}

/** The spellings of `npm ci`. */
export function isCleanInstall(verb: string): boolean {
  return /^(ci|ic|clean-install|install-clean)$/.test(verb);
}

function install(verb: string, args: readonly string[], shell: Shell): void {
  const { files, packages } = shell;
  need(shell, 'package.json', `npm ${verb}`);
  if (isCleanInstall(verb)) need(shell, 'package-lock.json', `npm ${verb}`);
  const cache = npmCache(args, shell);
  const config = option(args, '--userconfig') ?? npmConfig(shell, 'userconfig') ?? '~/.npmrc';
  shell.installs.push({
    line: shell.line,
    npmrc: ['.npmrc', config].map((path) => content(shell, place(shell, path))).join(''),
    cached: shell.cacheMounts.some((target) => within(cache, target)),
  });
  remove(files, place(shell, 'node_modules'));
  for (const { name, dev } of packages)
    if (!dev || !omitsDev(args, shell))
      write(files, place(shell, `node_modules/${name}/package.json`), name, owner(shell));
  if (!args.includes('--ignore-scripts') && npmConfig(shell, 'ignore_scripts') !== 'true')
    compileNative(shell);
  write(files, posix.join(cache, '_cacache/index'), 'downloads', owner(shell));
}

function omitsDev(args: readonly string[], shell: Shell): boolean {
  if (args.includes('--include=dev') || args.includes('--production=false')) return false;
  return (
    /--(omit[= ]dev|production(?!=)|production=true|only[= ]prod)/.test(args.join(' ')) ||
    npmConfig(shell, 'omit') === 'dev' ||
    npmConfig(shell, 'production') === 'true' ||
    shell.env['NODE_ENV'] === 'production'
  );
}

function compileNative(shell: Shell): void {
  for (const { name, native } of shell.packages) {
    const home = place(shell, `node_modules/${name}`);
    if (!native || !shell.files.has(home)) continue;
    const missing = ['python3', 'make', 'g++'].filter((tool) => !hasProgram(shell.files, tool));
    if (missing.length > 0)
      throw new BuildError(`npm cannot compile ${name}: ${missing.join(', ')} not found`);
    const libc = content(shell, '/lib/libc.so');
    write(shell.files, `${home}/build/Release/addon.node`, libc, owner(shell));
  }
}

function compile(shell: Shell): void {
  need(shell, 'package.json', 'build');
  need(shell, 'tsconfig.json', 'build');
  for (const { name, dev } of shell.packages) if (dev) need(shell, `node_modules/${name}`, 'build');
  const root = place(shell, 'src');
  const sources = [...shell.files].filter(([path]) => within(path, root) && path.endsWith('.ts'));
  if (sources.length === 0) throw new BuildError(`build: no sources in ${root}`);
  for (const [path, { content: source }] of sources) {
    const target = place(shell, `dist${path.slice(root.length).replace(/ts$/, 'js')}`);
    write(shell.files, target, `compiled ${source}`, owner(shell));
  }
}

const aptLists = '/var/lib/apt/lists/packages';

function apt(args: readonly string[], { files }: Shell): void {
  if (!hasProgram(files, 'apt-get')) throw new BuildError('apt-get: not found');
  const [verb = '', ...names] = plain(args);
  if (verb === 'update') write(files, aptLists, 'lists', '0');
  if (verb === 'install' && !files.has(aptLists))
    throw new BuildError('apt-get install: no package lists, run apt-get update before');
  for (const name of programs(names)) {
    if (verb === 'install') write(files, `/usr/bin/${name}`, name, '0');
    if (/^(auto)?(purge|remove)$/.test(verb)) remove(files, `/usr/bin/${name}`);
  }
}

function apk(args: readonly string[], shell: Shell): void {
  const { files } = shell;
  if (!hasProgram(files, 'apk')) throw new BuildError('apk: not found');
  const group = option(args, '-t', '--virtual');
  const [verb, ...names] = plain(args).filter((word) => word !== group || args.includes('del'));
  const members = (name: string) => `/etc/apk/virtual/${name}`;
  if (verb === 'add') {
    for (const name of programs(names)) write(files, `/usr/bin/${name}`, name, '0');
    if (group !== undefined) write(files, members(group), names.join(' '), '0');
    if (!args.includes('--no-cache')) write(files, '/var/cache/apk/index', 'index', '0');
  } else if (verb === 'del') {
    const all = names.flatMap((name) => [name, ...content(shell, members(name)).split(' ')]);
    for (const name of programs(all)) remove(files, `/usr/bin/${name}`);
    for (const name of names) remove(files, members(name));
  }
}

/** What system packages put on the path. */
function programs(packages: readonly string[]): string[] {
  return packages.flatMap((name) => {
    const bare = name.replace(/[=<>~].*/, '').replace(/-minimal$/, '');
    return /^(build-essential|build-base)$/.test(bare) ? ['gcc', 'g++', 'make'] : [bare];
  });
}

function addUser(args: readonly string[], shell: Shell): void {
  const name = args.at(-1) ?? '';
  const line = `${name}:${option(args, '-u', '--uid') ?? name}`;
  write(shell.files, '/etc/passwd', `${content(shell, '/etc/passwd')} ${line}`, '0');
}

function npmCache(args: readonly string[], shell: Shell): string {
  return place(shell, option(args, '--cache') ?? npmConfig(shell, 'cache') ?? '~/.npm');
}

function npmConfig({ env }: Shell, name: string): string | undefined {
  return env[`npm_config_${name}`] ?? env[`NPM_CONFIG_${name.toUpperCase()}`];
}

function need(shell: Shell, path: string, who: string): void {
  if (!shell.files.has(place(shell, path)))
    throw new BuildError(`${who}: ${place(shell, path)} not found`);
}

function owner({ files, user }: Shell): string {
  return userId(files, user);
}

function content({ files }: Shell, path: string): string {
  return files.get(path)?.content ?? '';
}

function place(shell: Shell, path: string): string {
  const home = shell.env['HOME'] ?? homeOf(shell.user, shell.files);
  return posix.resolve(shell.cwd, path.replace(/^~(?=\/|$)/, home));
}

/** Where `~` is. */
export function homeOf(user: string, files: Files): string {
  const homes: Readonly<Record<string, string>> = { '0': '/root', '1000': '/home/node' };
  return homes[userId(files, user)] ?? `/home/${user}`;
}

function existing(shell: Shell, patterns: readonly string[]): string[] {
  return patterns.flatMap((pattern) => match(shell.files, place(shell, pattern)));
}

function plain(args: readonly string[]): string[] {
  return args.filter((arg) => !arg.startsWith('-'));
}

/** The value of `-x value`, `--long value` or `--long=value`. */
function option(args: readonly string[], ...names: string[]): string | undefined {
  for (const [at, arg] of args.entries()) {
    if (names.includes(arg)) return args[at + 1];
    const name = names.find((candidate) => arg.startsWith(`${candidate}=`));
    if (name !== undefined) return arg.slice(name.length + 1);
  }
  return undefined;
}
