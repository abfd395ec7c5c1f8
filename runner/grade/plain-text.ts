/** Control characters but the line break and the tab, halves of characters, and what reorders the text around it. */
const HARMFUL = /[^\P{Cc}\n\t]|[\p{Cs}\p{Bidi_Control}\u2028\u2029]/gu;

/**
 * Text that learner code had a hand in, made safe to show and to keep: of bounded length, and with
 * escapes such as `\x1b` in place of characters that steer a terminal. Values keep their meaning, so
 * that a carriage return that makes a test fail can be seen.
 */
export function plainText(text: string, limit: number): string {
  const kept = text.length > limit ? `${text.slice(0, limit)} … (cut)` : text;
  return kept.replaceAll(HARMFUL, (character) => {
    if (character === '\r') return '\\r';
    const code = character.charCodeAt(0).toString(16);
    return code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`;
  });
}
