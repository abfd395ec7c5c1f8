const segmenter = new Intl.Segmenter();

/** Latin letters, punctuation, arrows, box drawing and geometric shapes: a cell each. */
const NARROW = /^[\u0020-\u007e\u00a0-\u02ff\u2010-\u2027\u2190-\u21ff\u2500-\u25fc]*$/;

const ZERO = /^[\p{Mark}\p{Cf}\p{Cc}]/u;

const EMOJI = /^\p{Emoji_Presentation}|\ufe0f/u;

/** East Asian wide and full-width characters. */
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;

/** What a reader sees as single characters. */
export function characters(text: string): readonly string[] {
  if (NARROW.test(text)) return Array.from(text);
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Cells that a text without line breaks and control characters takes up in a terminal. */
export function textWidth(text: string): number {
  if (NARROW.test(text)) return text.length;
  return characters(text).reduce((width, character) => width + characterWidth(character), 0);
}

/** Cells of one character as `characters` gives it. */
export function characterWidth(character: string): number {
  if (ZERO.test(character)) return 0;
  return EMOJI.test(character) || WIDE.test(character) ? 2 : 1;
}
