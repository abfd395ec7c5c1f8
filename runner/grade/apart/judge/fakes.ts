import type { vi as Vi } from 'vitest';
import type { ClockMove } from '../wire.ts';
import type { Link } from './link.ts';

/** Lets fake timers and stubbed globals of a suite act on the learner process as well. */
export function followFakes(link: Link, vi: typeof Vi): void {
  const original = { ...vi };
  let faked = false;
  const stubbed = new Set<string>();

  const move = (how: ClockMove, milliseconds?: number): unknown =>
    faked ? link.moveClock(how, milliseconds) : undefined;

  const replacements: Partial<typeof Vi> = {
    useFakeTimers(options) {
      faked = true;
      const now = options?.now;
      link.moveClock('install', now === undefined ? Date.now() : Number(now));
      original.useFakeTimers.call(vi, options);
      return vi;
    },
    useRealTimers() {
      move('uninstall');
      faked = false;
      original.useRealTimers.call(vi);
      return vi;
    },
    setSystemTime(now) {
      original.setSystemTime.call(vi, now);
      move('set', (vi.getMockedSystemTime() ?? new Date()).getTime());
      return vi;
    },
    advanceTimersByTime(milliseconds) {
      move('advance', milliseconds);
      original.advanceTimersByTime.call(vi, milliseconds);
      return vi;
    },
    async advanceTimersByTimeAsync(milliseconds) {
      await move('advance-async', milliseconds);
      await original.advanceTimersByTimeAsync.call(vi, milliseconds);
      return vi;
    },
    advanceTimersToNextTimer() {
      move('next');
      original.advanceTimersToNextTimer.call(vi);
      return vi;
    },
    runAllTimers() {
      move('all');
      original.runAllTimers.call(vi);
      return vi;
    },
    getTimerCount() {
      return Number(move('count') ?? 0) + original.getTimerCount.call(vi);
    },
    stubGlobal(name, value) {
      const key = String(name);
      link.setGlobal(key, value);
      stubbed.add(key);
      original.stubGlobal.call(vi, name, value);
      return vi;
    },
    unstubAllGlobals() {
      for (const key of stubbed) link.setGlobal(key, undefined);
      stubbed.clear();
      original.unstubAllGlobals.call(vi);
      return vi;
    },
  };
  Object.assign(vi, replacements);
}
