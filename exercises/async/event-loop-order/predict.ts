/** The programs in `programs.ts`. */
export type ProgramName = 'queues' | 'nested' | 'timers' | 'immediates' | 'awaiting' | 'chains';

/** For each program, the lines that it prints, in order. */
export const predictions: Readonly<Record<ProgramName, readonly string[]>> = {
  // TODO: Write the lines of each program in the order in which Node prints them.
  queues: [],
  nested: [],
  timers: [],
  immediates: [],
  awaiting: [],
  chains: [],
};
