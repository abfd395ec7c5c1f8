import { chmodSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NAME = /^dojo-(\d+)-/;

/** Makes the folder below which the grading processes of this host get theirs. */
export function makeScratch(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), `dojo-${process.pid}-`)));
}

/** Removes the folders of hosts that were killed before they could do so themselves. */
export function sweepScratch(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(NAME.exec(name)?.[1]);
    if (pid && !isAlive(pid)) removeFolder(join(tmpdir(), name));
  }
}

/** Removes a folder with all that learner code may have left in it; what cannot be removed stays. */
export function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    try {
      openUp(folder);
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // The next host's sweep tries again.
    }
  }
}

/** Gives back the permissions that a folder's owner has taken from it. */
function openUp(folder: string): void {
  chmodSync(folder, 0o700);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) openUp(join(folder, entry.name));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process lives, too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
