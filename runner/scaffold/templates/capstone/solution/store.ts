/** Keeps the long addresses, each under its code. */
export class Store {
  readonly #urls = new Map<string, string>();

  /** @throws Error when the code is taken. */
  put(code: string, url: string): void {
    if (this.#urls.has(code)) throw new Error(`The code ${code} is taken.`);
    this.#urls.set(code, url);
  }

  get(code: string): string | undefined {
    return this.#urls.get(code);
  }
}
