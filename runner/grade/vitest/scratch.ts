import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
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
    if (pid && !isAlive(pid)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
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
