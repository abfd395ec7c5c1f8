import { closeSync, readdirSync, readFileSync } from 'node:fs';

const CLOSE_ON_EXEC = 0o2000000;

/**
 * Closes the descriptors that whoever started this process has left open in it (shells and CI runners leak
 * some): every process started from here would inherit them, and open files are past all permissions.
 * Node marks its own. Does nothing where there is no /proc.
 */
export function closeInherited(): void {
  if (process.platform !== 'linux') return;
  for (const name of readdirSync('/proc/self/fdinfo')) {
    if (Number(name) <= 2) continue;
    try {
      const info = readFileSync(`/proc/self/fdinfo/${name}`, 'latin1');
      const flags = Number.parseInt(/^flags:\s*(\d+)/m.exec(info)?.[1] ?? '', 8);
      if (!(flags & CLOSE_ON_EXEC)) closeSync(Number(name));
    } catch {
      // It was the folder's own, or has been closed since.
    }
  }
}
