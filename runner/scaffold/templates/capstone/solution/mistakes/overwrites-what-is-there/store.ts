/*
 * TODO: One or two sentences to the learner who holds this misconception, such as: a code that is taken is
 * given away again, and its first owner's links lead elsewhere.
 */
export class Store {
  readonly #urls = new Map<string, string>();

  put(code: string, url: string): void {
    this.#urls.set(code, url);
  }

  get(code: string): string | undefined {
    return this.#urls.get(code);
  }
}
