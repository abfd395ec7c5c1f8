/**
 * Property names that mean something to a test framework or to the language itself. No stub and no
 * copy carries one, so that no object of the learner's can speak in a matcher's place.
 */
const MEANINGFUL =
  /^(asymmetricMatch|\$\$typeof|_isMockFunction|mock|mock(Clear|Reset|Restore|Implementation|Name)|getMockName|getMockImplementation|isEqualNode|nodeType|nodeName|tagName|toAsymmetricMatcher|inverse|sample|__vitest.*|@@__IMMUTABLE.*)$/;

const LANGUAGE = new Set(['__proto__', 'constructor', 'prototype']);

/** Whether copied data may have a property of this name; it is always an own property there. */
export function mayBeData(name: string): boolean {
  return !MEANINGFUL.test(name);
}

/** Whether a stub may answer to this name. */
export function mayBeAsked(name: PropertyKey): name is string {
  return typeof name === 'string' && !LANGUAGE.has(name) && mayBeData(name);
}
