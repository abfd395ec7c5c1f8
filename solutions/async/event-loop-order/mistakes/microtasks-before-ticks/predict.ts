/** The programs in `programs.ts`. */
export type ProgramName = 'queues' | 'nested' | 'timers' | 'immediates' | 'awaiting' | 'chains';

/** For each program, the lines that it prints, in order. */
export const predictions: Readonly<Record<ProgramName, readonly string[]>> = {
  queues: ['main', 'microtask', 'tick', 'immediate', 'timeout'],
  nested: [
    'microtask 1',
    'microtask 2',
    'microtask from microtask 1',
    'tick 1',
    'tick from microtask 1',
    'tick from tick 1',
  ],
  timers: ['first timeout', 'microtask', 'tick', 'second timeout'],
  immediates: ['immediate 1', 'microtask', 'immediate 2', 'immediate from immediate 1'],
  awaiting: ['load starts', 'main', 'load goes on', 'microtask', 'loaded'],
  chains: ['executor', 'main', 'a1', 'b1', 'a2', 'b2'],
};
