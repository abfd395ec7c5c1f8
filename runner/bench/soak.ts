import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readJournal } from '../progress/journal.ts';
import { practiceClone } from './practice.ts';
import { treeMemory, type ProcessMemory } from './process-tree.ts';
import { randomFrom } from './random.ts';
import { nextKind, saveOf, type Save, type SaveKind } from './soak-saves.ts';
import { openWatch } from './watch.ts';
import { partsText, watchMemory, type WatchMemory } from './watch-memory.ts';

/** How long and in which order saves come. */
export interface SoakPlan {
  /** Milliseconds. */
  readonly duration: number;
  /** The same number, the same saves. */
  readonly seed: number;
}

/** What became of the saves of one kind. */
export interface Kept {
  readonly kind: SaveKind;
  saves: number;
  /** Milliseconds from the write to the verdict on the screen. */
  readonly waits: number[];
}

/** What a soak came to. */
export interface SoakReport {
  readonly plan: SoakPlan;
  readonly kinds: readonly Kept[];
  /** Saves that came while the one before was still judged; these count by themselves. */
  readonly overtaken: number;
  /** Saves whose verdict never came, and verdicts that gave way to another one without a save: in words. */
  readonly lost: readonly string[];
  readonly stale: readonly string[];
  /** Of the watch and all processes below it, at rest; the first look after some twenty saves. */
  readonly memory: readonly WatchMemory[];
  /** Command lines of processes that were there before the watch was left, and still are. */
  readonly left: readonly string[];
  readonly journal: { readonly entries: number; readonly damaged: number };
}

/** One save in five comes before the verdict on the one before. */
const OVERTAKES = 0.2;
const MOST_HURRY = 400;
/** Between a verdict and the next save. */
const PAUSE = { least: 100, most: 1_200 } as const;
const FIRST_LOOK = 25_000;
const REST = 3_000;
/** Looks at the memory in the whole time. */
const LOOKS = 30;
/** Milliseconds after which a verdict counts as lost: many times what a busy machine needs. */
const PATIENCE = 180_000;
/** Processes that end later than this after the watch are left behind. */
const FAREWELL = 30_000;
const GLANCE = 100;

/**
 * Saves one kata after another into a real watch in a pseudo-terminal, right, wrong and hostile ones, some
 * before the verdict on the one before, and reads the screen.
 *
 * @param tell is told now and then how far it is.
 */
export async function soak(plan: SoakPlan, tell: (line: string) => void): Promise<SoakReport> {
  const random = randomFrom(plan.seed);
  const between = (least: number, most: number): number => least + random() * (most - least);
  const kinds = new Map<SaveKind, Kept>();
  const lost: string[] = [];
  const stale: string[] = [];
  const memory: WatchMemory[] = [];
  let overtaken = 0;
  let turn = 0;

  using clone = await practiceClone();
  const watch = await openWatch(clone);

  function write(before: readonly (SaveKind | undefined)[]): Save {
    const last = before.includes('right') ? 'right' : undefined;
    const save = saveOf(nextKind(random(), last), (turn += 1));
    clone.save(save.kata);
    return save;
  }

  async function followUp(save: Save): Promise<void> {
    const kept = kinds.get(save.kind) ?? { kind: save.kind, saves: 0, waits: [] };
    kinds.set(save.kind, kept);
    kept.saves += 1;
    const start = performance.now();
    try {
      kept.waits.push((await watch.shows(save.shown, PATIENCE)) - start);
    } catch (error) {
      lost.push(`save ${turn} (${save.kind}): ${error instanceof Error ? error.message : ''}`);
      return;
    }
    await delay(between(PAUSE.least, PAUSE.most));
    const text = watch.text();
    if (!text.includes(save.shown)) stale.push(`save ${turn} (${save.kind}) gave way to:\n${text}`);
  }

  const begin = performance.now();
  const left = (): number => plan.duration - (performance.now() - begin);
  const every = plan.duration / LOOKS;
  let look = Math.min(FIRST_LOOK, every);
  let before: SaveKind | undefined;
  do {
    const first = write([before]);
    let last = first;
    if (random() < OVERTAKES) {
      overtaken += 1;
      await delay(between(0, MOST_HURRY));
      last = write([before, first.kind]);
    }
    await followUp(last);
    before = last.kind;
    if (performance.now() - begin < look) continue;
    look += every;
    await delay(REST);
    const held = watchMemory(watch.pid);
    memory.push(held);
    tell(`${turn} saves, ${lost.length} lost, ${stale.length} stale, ${partsText(held)}`);
  } while (left() > 0);

  const tree = treeMemory(watch.pid);
  await watch[Symbol.asyncDispose]();
  const survivors = await survivorsOf(tree);
  const { entries, damaged } = await readJournal(join(clone.root, '.dojo', 'journal.jsonl'));
  return {
    plan,
    kinds: [...kinds.values()],
    overtaken,
    lost,
    stale,
    memory,
    left: survivors.map(({ command }) => command),
    journal: { entries: entries.length, damaged: damaged?.lines ?? 0 },
  };
}

async function survivorsOf(tree: readonly ProcessMemory[]): Promise<readonly ProcessMemory[]> {
  const end = performance.now() + FAREWELL;
  let alive = tree;
  do {
    await delay(GLANCE);
    alive = alive.filter(({ pid }) => isAlive(pid));
  } while (alive.length > 0 && performance.now() < end);
  return alive;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
