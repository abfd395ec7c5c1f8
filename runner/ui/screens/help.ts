import { bindings, type Binding } from '../../session/keys.ts';
import type { State } from '../../session/state.ts';
import { keyLabel } from '../components/footer.ts';
import type { Page } from '../components/scroll.tsx';
import { BLANK, clip, line, lineWidth, span, type Line } from '../text/line.ts';
import { stack } from '../text/stack.ts';
import { wrapText } from '../text/wrap.ts';
import type { Look } from '../theme.ts';

const WIDEST = 100;
/** Cells between the two tables. */
const GAP = 4;

const KATA_KEYS: readonly Binding['command']['do'][] = [
  'next',
  'brief',
  'hint',
  'likeness',
  'edit',
  'run',
  'output',
  'solution',
  'skip',
  'reset',
];

/** The keys of the kata screen, and how grading works. */
export function helpPage(state: State, look: Look): Page {
  const keys = bindings({ ...state, screen: { name: 'kata' } });
  const isKata = (binding: Binding) => KATA_KEYS.includes(binding.command.do);
  const here = keyTable('This exercise', keys.filter(isKata), look);
  const elsewhere = keyTable(
    'Elsewhere',
    keys.filter((key) => !isKata(key)),
    look,
  );
  return {
    title: line(span('Help', 'here')),
    lines: [
      ...(look.speech ? [...here, ...elsewhere] : sideBySide(here, elsewhere, look)),
      BLANK,
      ...grading(look),
    ],
  };
}

function sideBySide(left: readonly Line[], right: readonly Line[], look: Look): readonly Line[] {
  const width = Math.floor(Math.min(look.columns, WIDEST) / 2) - 2;
  return Array.from({ length: Math.max(left.length, right.length) }, (_, row) => {
    const start = clip(left[row] ?? BLANK, width, look.symbols.ellipsis);
    const end = clip(right[row] ?? BLANK, width, look.symbols.ellipsis);
    if (end.length === 0) return start;
    return line(...start, ' '.repeat(width + GAP - lineWidth(start)), ...end);
  });
}

function keyTable(title: string, keys: readonly Binding[], look: Look): readonly Line[] {
  const rows = keys.map((binding) => ({ key: keyLabel(binding.label, look), binding }));
  const widest = Math.max(...rows.map(({ key }) => key.length), 0);
  return [
    line(span(title, 'title')),
    ...rows.map(({ key, binding }) =>
      line(look.speech ? '' : '  ', span(key.padEnd(widest), 'key'), `  ${binding.action}`),
    ),
  ];
}

const GRADING = [
  'Every save is graded at once: the examples that lie beside your kata, and a hidden suite that decides. Both have to pass. A failure shows the test, the input, what was expected and what came.',
  'Your copy of the examples is yours to change; it changes no verdict. After the pass the solution, an explanation and the hidden suite are yours to read, and the next exercise waits until you want it.',
  'A pass is permanent. Skipping is allowed and marked as skipped. Resetting keeps a backup.',
];

function grading(look: Look): readonly Line[] {
  const width = Math.min(look.columns, WIDEST);
  return stack([
    line(span('How grading works', 'title')),
    ...GRADING.flatMap((text) => wrapText(text, width)),
  ]);
}
