/** Keeps the long addresses, each under its code. */
export class Store {
  /** @throws Error when the code is taken. */
  put(code: string, url: string): void {
    // TODO: Keep the address.
    throw new Error('Not implemented yet');
  }

  get(code: string): string | undefined {
    // TODO: Find the address.
    throw new Error('Not implemented yet');
  }
}
