import { join } from 'node:path';
import { RUNNER } from '../../location.ts';
import { startTalkingChild, type TalkingChild } from '../../process/child.ts';
import { hostReply, type Facts, type GradeRequest, type Profile } from './protocol.ts';

/** Milliseconds beyond a grading's own limit after which the host counts as hung. */
const HOST_PATIENCE = 20_000;

/**
 * Of the host's node: `compile.ts` has V8 parse modules, a signal must not open the inspector, and the host
 * tidies up while nobody waits.
 */
const FLAGS = ['--no-warnings', '--disable-sigusr1', '--experimental-vm-modules', '--expose-gc'];

const ABORTED: Facts = {
  loadErrors: [],
  tests: [],
  unhandled: [],
  end: { code: null, signal: null, reason: 'abort' },
  output: '',
  outputDropped: 0,
};

/** Our end of the host process: starts it when it is first needed, and again should it ever die. */
export class VitestHost {
  readonly #root: string;
  readonly #waiting = new Map<number, PromiseWithResolvers<Facts>>();
  #child: TalkingChild | undefined;
  #last = 0;
  #closed = false;

  constructor(root: string) {
    this.#root = root;
  }

  /**
   * Runs one grading.
   *
   * @param signal ends it early; the facts then say so.
   * @throws Error when the host itself fails.
   */
  async grade(request: Omit<GradeRequest, 'type' | 'id'>, signal?: AbortSignal): Promise<Facts> {
    if (signal?.aborted || this.#closed) return ABORTED;
    const id = (this.#last += 1);
    const answer = Promise.withResolvers<Facts>();
    this.#waiting.set(id, answer);
    const child = (this.#child ??= this.#start());
    const abort = (): void => child.send({ type: 'abort', id });
    const hung = setTimeout(() => child.kill(), request.timeLimit + HOST_PATIENCE);
    signal?.addEventListener('abort', abort, { once: true });
    child.send({ type: 'grade', id, ...request });
    try {
      return await answer.promise;
    } finally {
      clearTimeout(hung);
      signal?.removeEventListener('abort', abort);
      this.#waiting.delete(id);
    }
  }

  /** Has a process of this profile wait for the next grading. */
  warm(profile: Profile): void {
    if (!this.#closed) (this.#child ??= this.#start()).send({ type: 'warm', profile });
  }

  /** Ends the host and everything below it. */
  async close(): Promise<void> {
    this.#closed = true;
    const child = this.#child;
    this.#settleAll((answer) => answer.resolve(ABORTED));
    child?.kill();
    await child?.ended;
  }

  #start(): TalkingChild {
    const script = join(RUNNER, 'grade', 'vitest', 'host.ts');
    const child = startTalkingChild(script, [this.#root], FLAGS, (data) => {
      const message = hostReply.safeParse(data).data;
      if (message === undefined) return child.kill();
      if (message.type === 'graded') this.#waiting.get(message.id)?.resolve(message.facts);
      if (message.type === 'failed')
        this.#waiting.get(message.id)?.reject(new Error(message.message));
    });
    void child.ended.then((errors) => {
      if (this.#child === child) this.#child = undefined;
      const reason = errors.trim().split('\n').at(-1) ?? '';
      this.#settleAll((answer) =>
        answer.reject(new Error(`The grading process ended unexpectedly. ${reason}`)),
      );
    });
    return child;
  }

  #settleAll(settle: (answer: PromiseWithResolvers<Facts>) => void): void {
    for (const answer of this.#waiting.values()) settle(answer);
    this.#waiting.clear();
  }
}
