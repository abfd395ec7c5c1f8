import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** What lies in a folder: path -> kind, mode and content. Links are not followed. */
export function snapshot(
  folder: string,
  found: Record<string, string> = {},
): Record<string, string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const content = entry.isFile()
      ? createHash('sha256').update(readFileSync(path)).digest('hex')
      : entry.isSymbolicLink()
        ? readlinkSync(path)
        : '';
    found[path] = `${lstatSync(path).mode.toString(8)} ${content}`;
    if (entry.isDirectory()) snapshot(path, found);
  }
  return found;
}

/**
 * Processes that work in a folder or were given it as their temporary one: pid -> command line. Where
 * there is no /proc to tell, none are found.
 */
export function processesOf(folder: string): Map<number, string> {
  const found = new Map<number, string>();
  if (!existsSync('/proc/self')) return found;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const at = join('/proc', pid);
    try {
      const place = `${readlinkSync(join(at, 'cwd'))}/\0${readFileSync(join(at, 'environ'), 'utf8')}`;
      if (place.includes(`${folder}/`)) {
        found.set(Number(pid), readFileSync(join(at, 'cmdline'), 'utf8').replaceAll('\0', ' '));
      }
    } catch {
      // It has just ended, or is another user's.
    }
  }
  return found;
}
