import type { Store } from './store';

/** Makes long addresses short. */
export class Shortener {
  /** @param newCode makes the next code; one that is taken is passed over. */
  constructor(store: Store, newCode: () => string) {}

  /** @returns the code under which the address is found from now on. */
  shorten(url: string): string {
    // TODO: Choose a code that is free.
    throw new Error('Not implemented yet');
  }
}
