import { stripVTControlCharacters } from 'node:util';

/** All control characters but the line break, and those that reorder the text around them. */
const HARMFUL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text that came from files or from a learner's code, made safe to draw: no escape sequences, no
 * control characters, tabs as spaces. The grader cleans as well; the screen does not rely on it.
 */
export function clean(text: string): string {
  return stripVTControlCharacters(text.replaceAll('\r\n', '\n').replaceAll('\t', '    '))
    .replaceAll(/[\u2028\u2029]/g, '\n')
    .replaceAll(HARMFUL, '');
}
