import type { Reporter } from 'vitest/node';
import type { BatchProcess } from './batch-process.ts';
import { variantOf } from './variants.ts';

/** One run of a batch under watch. */
export interface Watch extends Disposable {
  /** The variant that kept the process from any news, which was then ended. */
  readonly hung: number | undefined;
}

/** Sees a batch advance, and ends its process where it does not. */
export class Lookout {
  #process: BatchProcess | undefined;
  #onNews: (moduleId: string, ended: boolean) => void = () => undefined;

  readonly reporter: Reporter = {
    onTestModuleQueued: ({ moduleId }) => this.#onNews(moduleId, false),
    onTestModuleStart: ({ moduleId }) => this.#onNews(moduleId, false),
    onTestCaseResult: ({ module }) => this.#onNews(module.moduleId, false),
    onTestModuleEnd: ({ moduleId }) => this.#onNews(moduleId, true),
  };

  /** The process that the variants run in. */
  follow(process: BatchProcess): BatchProcess {
    return (this.#process = process);
  }

  /**
   * @param patience milliseconds without news.
   * @param suites how many there are to a variant.
   * @param onRan is called when a variant's last suite has ended.
   */
  watch(patience: number, suites: number, onRan?: () => void): Watch {
    let hung: number | undefined;
    let current: number | undefined;
    let timer: NodeJS.Timeout | undefined;
    const ended = new Map<number | undefined, number>();
    this.#onNews = (moduleId, moduleEnded) => {
      clearTimeout(timer);
      current = variantOf(moduleId);
      if (moduleEnded) {
        ended.set(current, (ended.get(current) ?? 0) + 1);
        if (ended.get(current) === suites) onRan?.();
      }
      timer = setTimeout(() => {
        hung = current;
        onRan?.();
        this.#process?.kill();
      }, patience);
    };
    return {
      get hung() {
        return hung;
      },
      [Symbol.dispose]: () => {
        clearTimeout(timer);
        this.#onNews = () => undefined;
      },
    };
  }
}
