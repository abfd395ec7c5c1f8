import { bindings, type Binding } from '../../session/keys.ts';
import type { State } from '../../session/state.ts';
import { line, lineWidth, span, type Line } from '../text/line.ts';
import type { Look } from '../theme.ts';

const GAP = '   ';

/** The keys that work now, in one row or two; what does not fit is left to the help page. */
export function footer(state: State, look: Look): readonly Line[] {
  const keys = bindings(state)
    .filter((binding) => !binding.quiet)
    .map((binding) => keyLine(binding, look));
  if (look.speech) {
    return [line('Keys: ', ...keys.flatMap((key, index) => (index === 0 ? key : [COMMA, ...key])))];
  }
  const most = look.rows < 18 ? 1 : 2;
  for (let dropped = 0; dropped < keys.length; dropped += 1) {
    const rows = arrange(without(keys, dropped), look.columns);
    if (rows.length <= most) return rows;
  }
  return [];
}

const COMMA = { text: ', ' };

/** Help and quit, the last two, are the ones to be kept. */
function without(keys: readonly Line[], dropped: number): readonly Line[] {
  return dropped === 0 ? keys : [...keys.slice(0, -2 - dropped), ...keys.slice(-2)];
}

function arrange(keys: readonly Line[], columns: number): readonly Line[] {
  const rows: Line[] = [];
  for (const key of keys) {
    const row = rows.at(-1);
    if (row && lineWidth(row) + GAP.length + lineWidth(key) <= columns) {
      rows[rows.length - 1] = line(...row, GAP, ...key);
    } else {
      rows.push(key);
    }
  }
  return rows;
}

/** A key and what it does. */
export function keyLine({ label, action }: Binding, look: Look): Line {
  return line(span(keyLabel(label, look), 'key'), ' ', span(action, 'quiet'));
}

/** How a key is written: in words where arrows cannot be, in brackets where bold cannot be. */
export function keyLabel(label: string, { ascii, speech }: Look): string {
  const written = ascii ? (WORDS[label] ?? label) : label;
  return ascii && !speech ? `[${written}]` : written;
}

const WORDS: Readonly<Record<string, string>> = {
  '↑': 'up',
  '↓': 'down',
  '←': 'left',
  '→': 'right',
  '↑↓': 'up/down',
  '⌫': 'backspace',
};

/** The label of the key that does this now; undefined where none does. */
export function keyFor(
  state: State,
  command: Binding['command']['do'],
  look: Look,
): string | undefined {
  const found = bindings(state).find((binding) => binding.command.do === command);
  return found && keyLabel(found.label, look);
}
