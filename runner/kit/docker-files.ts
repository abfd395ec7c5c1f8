import { posix } from 'node:path';

/** One file or folder of an image. */
export interface Entry {
  readonly content: string;
  /** The numeric user where one is known, else the name. */
  readonly owner: string;
  readonly folder: boolean;
}

/** What an image holds, by absolute path. */
export type Files = Map<string, Entry>;

/** Whether a program is on the path of an image. */
export function hasProgram(files: ReadonlyMap<string, Entry>, name: string): boolean {
  return name.startsWith('/')
    ? files.has(name) || hasProgram(files, posix.basename(name))
    : ['/usr/local/bin', '/usr/bin'].some((folder) => files.has(`${folder}/${name}`));
}

/** The number of a user, given as `user` or `user:group`, by name or number. */
export function userId(files: ReadonlyMap<string, Entry>, user: string): string {
  const name = user.replace(/[:.].*/, '') || 'root';
  const known = (files.get('/etc/passwd')?.content ?? '').split(' ');
  return known.findLast((line) => line.startsWith(`${name}:`))?.slice(name.length + 1) ?? name;
}

/** The existing paths that an absolute pattern names; `/` is a folder that always exists. */
export function match(files: ReadonlyMap<string, Entry>, pattern: string): string[] {
  if (!/[*?[]/.test(pattern)) return files.has(pattern) ? [pattern] : [];
  const test = glob(pattern);
  return [...files.keys()].filter((path) => test.test(path));
}

export function within(path: string, root: string): boolean {
  return path === root || root === '/' || path.startsWith(`${root}/`);
}

export function remove(files: Files, root: string): void {
  for (const path of [...files.keys()]) if (within(path, root)) files.delete(path);
}

export function folder(files: Files, path: string, owner: string): void {
  if (files.get(path)?.folder) return;
  if (path !== '/') folder(files, posix.dirname(path), owner);
  files.set(path, { content: '', owner, folder: true });
}

export function write(files: Files, path: string, content: string, owner: string): void {
  set(files, path, { content, owner, folder: false });
}

/** Folders that exist keep their owner; missing parents come into being. */
export function set(files: Files, path: string, entry: Entry, parents = entry.owner): void {
  if (entry.folder && files.get(path)?.folder) return;
  if (path !== '/') folder(files, posix.dirname(path), parents);
  files.set(path, entry);
}

export function glob(pattern: string): RegExp {
  const source = pattern.replace(
    /\*\*\/|\*\*|\*|\?|\[[^\]]+\]|\\?[\s\S]/g,
    (token) =>
      ({ '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' })[token] ??
      (token.length > 1 && token.startsWith('[') ? token : token.replace(/^\\?(\W)$/, '\\$1')),
  );
  return new RegExp(`^${source}$`);
}

/** The build stops, as `docker build` would. */
export class BuildError extends Error {
  override readonly name = 'BuildError';
}
