import type { RawError } from './vitest/protocol.ts';

const MESSAGE_LIMIT = 4_000;

/** Puts an error's message into the learner's terms: no names that only the machinery knows. */
export function cleanMessage(error: RawError): string {
  const patience = /^(?:Test|Hook) timed out in (\d+)ms/.exec(error.message)?.[1];
  if (patience) {
    return `It did not finish within ${Number(patience) / 1_000} s: is there a promise that never settles?`;
  }
  const code = exitCode(error);
  if (code !== undefined) return `It called process.exit(${code}).`;
  const text = error.message
    // How vite's transform writes an imported name.
    .replaceAll(/\(0 ?, ?__vi_import_\d+__\.(\w+)\)/g, '$1')
    .replaceAll(/__vi_import_\d+__\./g, '')
    .replaceAll(/ \/\/ Object\.is equality/g, '')
    .trim();
  const cut = text.length > MESSAGE_LIMIT ? `${text.slice(0, MESSAGE_LIMIT)} … (cut)` : text;
  return isBare(error) ? `${cut} (no line is known: ${BARE})`.trimStart() : cut;
}

const BARE = "was a plain value thrown instead of a new Error('...')?";

/** JavaScript throws anything; what is no Error has neither a class nor a stack. */
function isBare({ name, frames }: RawError): boolean {
  return name === 'Error' && frames.length === 0;
}

/** A diff without vitest's own legend: whoever shows it says what `-` and `+` mean. */
export function cleanDiff(diff: string): string {
  return diff.replace(/^- Expected(?: +- \d+)?\n\+ Received(?: +\+ \d+)?\n\n?/, '');
}

/** The argument of a `process.exit` that vitest stood in the way of; undefined for any other error. */
export function exitCode(error: RawError): string | undefined {
  return /^process\.exit unexpectedly called with "(.*?)"/.exec(error.message)?.[1];
}
