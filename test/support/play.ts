import { deriveProgress } from '../../runner/progress/derive.ts';
import type { Entry, NewEntry } from '../../runner/progress/model.ts';
import type { Verdict } from '../../runner/grade/verdict.ts';
import { bindings, type Binding } from '../../runner/session/keys.ts';
import { begin, reduce } from '../../runner/session/reduce.ts';
import type { Effect, Event, State } from '../../runner/session/state.ts';
import { CATALOG, CONTENT, ROOT } from './states.ts';

type EffectOf<T extends Effect['type']> = Extract<Effect, { readonly type: T }>;

/**
 * A session in which the test is the world: what is recorded counts at once, everything else that the
 * session asks for waits in `asked` until the test answers it.
 */
export class Play {
  state: State;
  /** Every effect but records and `then`, oldest first. */
  readonly asked: Effect[] = [];
  /** Ids of gradings that ended. */
  readonly judged = new Set<number>();
  /** The journal. */
  readonly entries: Entry[];

  constructor(entries: readonly NewEntry[] = [], catalog = CATALOG) {
    this.entries = entries.map(stamped);
    const first = begin(catalog, deriveProgress(this.entries));
    this.state = first.state;
    first.effects.forEach((effect) => this.#perform(effect));
  }

  /** Sends events one after the other, each with what follows from it at once. */
  send(...events: readonly Event[]): this {
    for (const event of events) {
      const step = reduce(this.state, event);
      this.state = step.state;
      step.effects.forEach((effect) => this.#perform(effect));
    }
    return this;
  }

  #perform(effect: Effect): void {
    if (effect.type === 'record') {
      this.entries.push(stamped(effect.entry));
      this.send({ type: 'progressed', progress: deriveProgress(this.entries) });
    } else if (effect.type === 'then') {
      this.send(effect.event);
    } else {
      this.asked.push(effect);
    }
  }

  /** Presses keys, as `keys.ts` names them; text goes into a search that is being typed. */
  press(...keys: readonly string[]): this {
    for (const key of keys) {
      const binding = this.binding(key);
      const { screen } = this.state;
      if (binding) this.send({ type: 'command', command: binding.command });
      else if (screen.name === 'list' && screen.searching)
        this.send({ type: 'command', command: { do: 'type', text: key } });
      else throw new Error(`The key ${key} means nothing on the screen "${screen.name}".`);
    }
    return this;
  }

  binding(key: string): Binding | undefined {
    return bindings(this.state).find(({ keys }) => keys.includes(key));
  }

  /** What was asked for of one type, oldest first. */
  all<T extends Effect['type']>(type: T): readonly EffectOf<T>[] {
    return this.asked.filter((effect): effect is EffectOf<T> => effect.type === type);
  }

  /** The exercise that was asked for last is copied, read and watched. */
  arrive(slug = this.all('open').at(-1)?.slug ?? ''): this {
    const asked = this.all('open').findLast((effect) => effect.slug === slug);
    return this.send({
      type: 'opened',
      slug,
      edition: asked?.edition ?? 'typescript',
      folder: `${ROOT}/workspace/${slug}`,
      content: CONTENT,
    });
  }

  /** The grading that was asked for last ends. */
  judge(verdict: Verdict, grading = this.all('grade').at(-1)): this {
    if (!grading) throw new Error('No grading was asked for.');
    const { id, slug } = grading;
    this.judged.add(id);
    return this.send({ type: 'graded', id, slug, verdict });
  }

  /** What was asked for cannot be done. */
  fail(effect: Effect | undefined, reason = 'It did not work.'): this {
    if (!effect) throw new Error('Nothing was asked for.');
    if (effect.type === 'grade') this.judged.add(effect.id);
    return this.send({ type: 'effect-failed', effect, reason });
  }

  save(): this {
    return this.send({ type: 'saved' });
  }

  /** What is written down so far, without times. */
  get journal(): readonly string[] {
    return this.entries.map((entry) => {
      if (entry.type === 'attempt') return `attempt ${entry.slug} ${entry.verdict}`;
      if (entry.type === 'edition') return `edition ${entry.edition}`;
      if (entry.type === 'workspace') return `workspace ${entry.folder}`;
      return `${entry.type} ${'slug' in entry ? entry.slug : entry.track}`;
    });
  }
}

function stamped(entry: NewEntry): Entry {
  return { ...entry, at: '2026-11-20T10:00:00.000Z' };
}

export const TRACK_CHOSEN = { type: 'track', track: 'middle' } as const satisfies NewEntry;

/** The entry of a pass. */
export function pass(slug: string): NewEntry {
  return { type: 'pass', slug, edition: 'typescript' };
}

/** A session on the first kata of the track, its starter graded. */
export function atWork(verdict: Verdict, entries: readonly NewEntry[] = [TRACK_CHOSEN]): Play {
  return new Play(entries).arrive().judge(verdict);
}

/** The verdict of a grading that was cut short. */
export function aborted(): Verdict {
  return { kind: 'aborted', tests: [], output: '', outputDropped: 0, duration: 3 };
}
