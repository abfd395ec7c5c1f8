import { describe, expect, test } from 'vitest';
import { Store } from './store';

// TODO: Three to six examples, the first contact with the contract; none is copied into the brief.
describe('1. TODO: What the first task achieves', () => {
  test('finds an address by its code', () => {
    const store = new Store();
    store.put('a', 'https://example.org');
    expect(store.get('a'), "get('a')").toBe('https://example.org');
  });
});
