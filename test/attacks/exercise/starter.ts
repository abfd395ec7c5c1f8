const missing = (): never => {
  throw new Error('Not implemented yet');
};

export const sum = missing;
export const chunk = missing;
export const LRUCache = missing;
export const retry = missing;
export const each = missing;
