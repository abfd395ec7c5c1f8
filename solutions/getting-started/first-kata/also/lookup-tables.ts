// Style: arrow functions, texts joined with `+`, and the two answers kept in tables instead of in conditions.

const WORDS = new Map([
  [true, 'up'],
  [false, 'down'],
]);

const CODES = { yes: 200, no: 503 } as const;

export const greeting = (service: string): string => 'Hello from ' + service + '!';

export const healthLine = (service: string, healthy: boolean): string =>
  [service, WORDS.get(healthy)].join(': ');

export const healthStatus = (healthy: boolean): number => CODES[healthy ? 'yes' : 'no'];
