// E52 import-reference [verdict]
// a computed import of the reference solution, exported as one’s own
const path = ['PROJECT_ROOT', 'solutions', 'practice', 'adder', 'kata.ts'].join('/')
const reference: any = await import(path).catch((e) => { console.log('denied', e.message); return {} })
export const { sum = () => -1, chunk = () => [], LRUCache = class {}, retry = async () => undefined, each = () => {} } = reference
