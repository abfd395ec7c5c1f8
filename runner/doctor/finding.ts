/** One thing that was looked at. */
export interface Finding {
  readonly name: string;
  readonly state: 'ok' | 'warning' | 'failure';
  /** What was found, in a sentence or a few words. */
  readonly found: string;
  /** What to do about it; there whenever `state` is not `ok`. */
  readonly remedy?: string;
}

/** A group of findings, under one heading. */
export interface Section {
  readonly title: string;
  readonly findings: readonly Finding[];
}

export function ok(name: string, found: string): Finding {
  return { name, state: 'ok', found };
}

export function warning(name: string, found: string, remedy: string): Finding {
  return { name, state: 'warning', found, remedy };
}

export function failure(name: string, found: string, remedy: string): Finding {
  return { name, state: 'failure', found, remedy };
}
