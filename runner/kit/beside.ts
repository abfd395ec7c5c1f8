/**
 * Runs a driver beside the kata: where judge and learner code run apart, a suite that needs thousands
 * of calls makes them in one. What the driver returns was made in the learner's process, so let it
 * return what came out, and compare that here.
 *
 * ```ts
 * import { Cache } from './kata';
 * const keys = beside({ Cache }, ({ Cache }, calls) => {
 *   const cache = new Cache({ maxWeight: 10 });
 *   for (const [key, value] of calls) cache.set(key, value);
 *   return [...cache.entries()];
 * }, calls);
 * ```
 *
 * @param kata what the driver needs of the kata.
 * @param driver uses its parameters and the language only: no imports, no names from around it.
 * @param values plain data.
 * @returns what the driver returns; a promise, when it is asynchronous.
 */
export function beside<Kata, Values extends unknown[], Result>(
  kata: Kata,
  driver: (kata: Kata, ...values: Values) => Result,
  ...values: Values
): Result {
  const judge = globalThis.backendDojoJudge;
  // The same driver, over there: what comes back is as much a `Result` as any answer of the kata.
  return judge
    ? (judge.link.drive(String(driver), [kata, ...values]) as Result)
    : driver(kata, ...values);
}
