import { existsSync } from 'node:fs';

/** In the folder of a process that rehearses: somebody waits for it. */
export const HURRY_FILE = '.hurry';

/**
 * Makes a prepared tool faster still. Long ones ask between two steps whether somebody waits by now.
 */
export type Rehearsal = (enough: () => boolean) => Promise<void>;

/**
 * How a suite's slow tools come to be ready before a save. The first run of a reference solution shows
 * what its suites ask the kit for; the process that waits for the next save then prepares the same.
 *
 * All of this lives on `globalThis`: a waiting process loads a kit module with node, a suite loads it
 * once more with vitest, and both must find the same things.
 */
interface Registry {
  /** Tool and input -> what was prepared and not yet handed out. */
  readonly prepared: Map<string, unknown[]>;
  readonly shared: Map<string, unknown>;
  /** What makes prepared tools faster still, for a process that has the time. */
  readonly rehearsals: Rehearsal[];
  /** Is told what a suite asks for; set where that is to be learned. */
  onAsked?: (tool: string, input: string) => void;
}

declare global {
  var backendDojoKit: Registry | undefined;
}

const registry: Registry = (globalThis.backendDojoKit ??= {
  prepared: new Map(),
  shared: new Map(),
  rehearsals: [],
});

function keyOf(tool: string, input: string): string {
  return `${tool}\0${input}`;
}

/** Says that a suite uses a tool, and on what: the next process will have that tool prepared with it. */
export function asked(tool: string, input: string): void {
  registry.onAsked?.(tool, input);
}

/**
 * Hands out what was prepared for this tool and input, each preparation once; starts it where
 * nothing is ready.
 *
 * @param tool name of the kit module, whose export `prepare(input)` makes the same as `start`.
 */
export function prepared<T>(tool: string, input: string, start: () => Promise<T>): Promise<T> {
  asked(tool, input);
  const ready = registry.prepared.get(keyOf(tool, input))?.shift();
  // What is kept under a key was made by that tool's own `prepare`.
  return ready === undefined ? start() : Promise.resolve(ready as T);
}

/** Keeps something for a later {@link prepared}. */
export function keep(tool: string, input: string, value: unknown): void {
  const key = keyOf(tool, input);
  registry.prepared.set(key, [...(registry.prepared.get(key) ?? []), value]);
}

/** One value for the whole process, such as a cache; made when it is first asked for. */
export function shared<T>(tool: string, make: () => T): T {
  if (!registry.shared.has(tool)) registry.shared.set(tool, make());
  return registry.shared.get(tool) as T;
}

/** Has a tool rehearse if this process turns out to have the time. */
export function whenIdle(rehearsal: Rehearsal): void {
  registry.rehearsals.push(rehearsal);
}

/** Has every prepared tool rehearse, once. */
export async function rehearse(): Promise<void> {
  const enough = (): boolean => existsSync(HURRY_FILE);
  for (const rehearsal of registry.rehearsals.splice(0)) await rehearsal(enough);
}

/** Listens to what suites ask for. */
export function onAsked(listener: (tool: string, input: string) => void): void {
  registry.onAsked = listener;
}
