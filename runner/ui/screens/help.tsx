import { Box } from 'ink';
import { bindings, type Binding } from '../../session/keys.ts';
import type { State } from '../../session/state.ts';
import { keyLabel } from '../components/footer.ts';
import { Frame, titleHead } from '../components/frame.tsx';
import { Lines } from '../components/lines.tsx';
import { BLANK, line, span, type Line } from '../text/line.ts';
import { stack } from '../text/stack.ts';
import { wrapText } from '../text/wrap.ts';
import type { Look } from '../theme.ts';

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
export function HelpScreen({ state, look }: { readonly state: State; readonly look: Look }) {
  const head = [...titleHead(line(span('Help', 'here')), [], look), BLANK];
  const keys = bindings({ ...state, screen: { name: 'kata' } });
  const isKata = (binding: Binding) => KATA_KEYS.includes(binding.command.do);
  const width = look.speech ? Infinity : Math.floor(Math.min(look.columns, 100) / 2) - 2;
  return (
    <Frame state={state} look={look} head={head}>
      <Box columnGap={4} flexShrink={0} flexDirection={look.speech ? 'column' : 'row'}>
        <Lines
          lines={keyTable('This exercise', keys.filter(isKata), look)}
          look={look}
          {...sized(width)}
        />
        <Lines
          lines={keyTable(
            'Elsewhere',
            keys.filter((key) => !isKata(key)),
            look,
          )}
          look={look}
          {...sized(width)}
        />
      </Box>
      <Lines lines={[BLANK, ...grading(look)]} look={look} />
    </Frame>
  );
}

function sized(width: number): { readonly width?: number } {
  return Number.isFinite(width) ? { width } : {};
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
  const width = Math.min(look.columns, 100);
  return stack([
    line(span('How grading works', 'title')),
    ...GRADING.flatMap((text) => wrapText(text, width)),
  ]);
}
