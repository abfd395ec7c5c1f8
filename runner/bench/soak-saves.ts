import { receivedBy, rightKata, wrongKata } from './practice.ts';

/** What a learner saves, careless or not. */
export type SaveKind =
  'right' | 'wrong' | 'broken' | 'throws' | 'rejects' | 'floods' | 'exits' | 'endless';

/** A save, and a text that only its own verdict puts on the screen. */
export interface Save {
  readonly kind: SaveKind;
  readonly kata: string;
  readonly shown: string;
}

/** How often each kind comes in a hundred saves. Each endless one takes its whole time limit. */
const SHARES: Readonly<Record<SaveKind, number>> = {
  right: 24,
  wrong: 30,
  broken: 14,
  throws: 8,
  rejects: 8,
  floods: 6,
  exits: 6,
  endless: 4,
};

const KINDS = Object.keys(SHARES) as SaveKind[];

/**
 * The kind of the next save. Never two right ones in a row: the second would look like the first.
 *
 * @param chance in [0, 1).
 */
export function nextKind(chance: number, before?: SaveKind): SaveKind {
  let left = chance * 100;
  const found = KINDS.find((kind) => (left -= SHARES[kind]) < 0) ?? 'wrong';
  return found === 'right' && before === 'right' ? 'wrong' : found;
}

/** @param turn another number for each save. */
export function saveOf(kind: SaveKind, turn: number): Save {
  const mark = receivedBy(turn);
  const right = rightKata(turn);
  const inSize = (line: string): string =>
    right.replace('return this.#entries.size;', `${line}\n    return this.#entries.size;`);
  switch (kind) {
    case 'right':
      return { kind, kata: right, shown: 'All 12 tests pass.' };
    case 'wrong':
      return { kind, kata: wrongKata(turn), shown: mark };
    case 'broken':
      return { kind, kata: `${right}const broken${mark} = ;\n`, shown: `broken${mark}` };
    case 'throws':
      return { kind, kata: `${right}throw new Error('loading ${mark}');\n`, shown: mark };
    case 'rejects':
      return { kind, kata: inSize(`void Promise.reject(new Error('late ${mark}'));`), shown: mark };
    case 'floods':
      return {
        kind,
        kata: wrongKata(turn).replace(
          /return \d+;/,
          `for (let line = 0; line < 200_000; line += 1) console.log('flood', line);\n    $&`,
        ),
        shown: mark,
      };
    case 'exits':
      return { kind, kata: inSize(`process.exit(0); // ${mark}`), shown: mark };
    case 'endless':
      return {
        kind,
        kata: inSize(`for (let rounds${mark} = 0; ; ) rounds${mark} += 1;`),
        shown: mark,
      };
  }
}
