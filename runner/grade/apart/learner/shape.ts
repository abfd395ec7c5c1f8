import {
  apply,
  construct,
  ERRORS,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  natives,
  objectPrototype,
  ownKeys,
  sourceText,
  startsWith,
} from './intrinsics.ts';

// What kind of function or object the judge is told about.

const { Object } = natives;

/** Names of one object that are told. */
export const NAMES = 250;
/** Prototypes that are looked at. */
const LEVELS = 8;

export type AnyFunction = (...args: never[]) => unknown;

/** May be called with `new`; without a call of it. */
export function isConstructor(value: AnyFunction): boolean {
  try {
    construct(Object, [], value);
    return true;
  } catch {
    return false;
  }
}

export function isClass(value: AnyFunction): boolean {
  try {
    return startsWith(
      apply<undefined, [AnyFunction], string>(sourceText, undefined, [value]),
      'class',
    );
  } catch {
    return false;
  }
}

export function constructorOf(value: object): AnyFunction | undefined {
  const prototype = getPrototypeOf(value);
  const found: unknown = prototype && getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  return typeof found === 'function' ? (found as AnyFunction) : undefined;
}

/** The class of an object, where that is written as one. */
export function classOf(value: object): AnyFunction | undefined {
  const found = constructorOf(value);
  return found && isClass(found) ? found : undefined;
}

/** The name of the nearest class of the language that an error descends from. */
export function baseOf(value: Error): string {
  return baseBelow(getPrototypeOf(value)) ?? 'Error';
}

/** The name of the class of the language that a class of errors extends in the end; else empty. */
export function baseOfClass(value: AnyFunction): string {
  const prototype: unknown = getOwnPropertyDescriptor(value, 'prototype')?.value;
  return typeof prototype === 'object' ? (baseBelow(prototype) ?? '') : '';
}

/** The language's error that a prototype descends from. */
function baseBelow(start: object | null): string | undefined {
  let prototype = start;
  for (let level = 0; prototype && level < LEVELS; level += 1) {
    for (let index = 0; index < ERRORS.length; index += 1) {
      const known = ERRORS[index];
      if (known && prototype === known[1].prototype) return known[0];
    }
    prototype = getPrototypeOf(prototype);
  }
  return undefined;
}

/** Names of an object's methods, its own and the inherited ones. */
export function methodsOf(value: object): string[] {
  const names: string[] = [];
  let holder: object | null = value;
  for (let level = 0; holder && holder !== objectPrototype && level < LEVELS; level += 1) {
    const keys = ownKeys(holder);
    for (let index = 0; index < keys.length && names.length < NAMES; index += 1) {
      const key = keys[index];
      if (typeof key !== 'string' || key === 'constructor') continue;
      if (typeof getOwnPropertyDescriptor(holder, key)?.value === 'function')
        names[names.length] = key;
    }
    holder = getPrototypeOf(holder);
  }
  return names;
}
