import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { RUNNER } from '../location.ts';

export const typeProblem = z.object({
  path: z.string(),
  /** 1-based. */
  line: z.int(),
  message: z.string(),
});
/** A complaint of the TypeScript compiler. */
export type TypeProblem = z.infer<typeof typeProblem>;

const reply = z.object({ id: z.int(), problems: z.array(typeProblem) });

/** The TypeScript compiler, in a thread that remembers what files have in common. */
export interface TypeChecker {
  /** Checks files under the settings of the clone's `tsconfig.json`. @param files absolute paths. */
  check(files: readonly string[]): Promise<readonly TypeProblem[]>;
  close(): Promise<unknown>;
}

/** @param root the folder from which relative paths of the compiler's messages start. */
export function startTypeChecker(root: string): TypeChecker {
  const waiting = new Map<number, PromiseWithResolvers<readonly TypeProblem[]>>();
  let worker: Worker | undefined;
  let last = 0;

  function start(): Worker {
    const started = new Worker(join(RUNNER, 'check', 'types-worker.ts'), { workerData: root });
    started.on('message', (message) => {
      const { id, problems } = reply.parse(message);
      waiting.get(id)?.resolve(problems);
      waiting.delete(id);
    });
    started.on('error', (error) => {
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    });
    return started;
  }

  return {
    check(files) {
      if (files.length === 0) return Promise.resolve([]);
      const answer = Promise.withResolvers<readonly TypeProblem[]>();
      const id = (last += 1);
      waiting.set(id, answer);
      worker ??= start();
      worker.postMessage({ id, files: [...files] });
      return answer.promise;
    },
    close: () => worker?.terminate() ?? Promise.resolve(),
  };
}
