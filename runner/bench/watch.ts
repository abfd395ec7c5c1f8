import { CLONE } from '../location.ts';
import { learnersShell } from './environment.ts';
import type { PracticeClone } from './practice.ts';
import { openScreen, type Screen } from './screen.ts';

/** Starts the watch on a practice clone, without npm; its first useful frame is there when this settles. */
export async function openWatch(clone: PracticeClone): Promise<Screen> {
  const screen = openScreen(process.execPath, ['runner/main.mjs', 'watch'], {
    cwd: CLONE,
    env: learnersShell(clone.root),
  });
  try {
    await screen.shows(clone.title);
  } catch (error) {
    await screen[Symbol.asyncDispose]();
    throw error;
  }
  return screen;
}
