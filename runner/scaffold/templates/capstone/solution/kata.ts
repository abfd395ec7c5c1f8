// TODO: Replace this sample by the system that you would be proud to show; start here.
import type { Store } from './store';

/** Makes long addresses short. */
export class Shortener {
  readonly #store: Store;
  readonly #newCode: () => string;

  /** @param newCode makes the next code; one that is taken is passed over. */
  constructor(store: Store, newCode: () => string) {
    this.#store = store;
    this.#newCode = newCode;
  }

  /** @returns the code under which the address is found from now on. */
  shorten(url: string): string {
    let code = this.#newCode();
    while (this.#store.get(code) !== undefined) code = this.#newCode();
    this.#store.put(code, url);
    return code;
  }
}
