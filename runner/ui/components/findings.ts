import { grouped, type Finding } from '../../report/findings.ts';
import type { Look } from '../theme.ts';
import { BLANK, indent, type Line } from '../text/line.ts';
import { findingLines, moreLine, ROOMY, TIGHTER, type Room } from './finding.ts';

const MARGIN = '  ';

/** What a blank line sets apart from the rest of its group, where there is room. */
const APART: ReadonlySet<Finding['kind']> = new Set(['place', 'printed']);

/**
 * Draws findings in at most `rows` lines: first in full, then with ever shorter parts, and at last
 * cut at the end, where `key` is named as the way to the whole.
 */
export function fittedFindings(
  findings: readonly Finding[],
  size: { readonly width: number; readonly rows: number },
  key: string | undefined,
  look: Look,
): readonly Line[] {
  for (const room of [ROOMY, ...TIGHTER]) {
    const lines = allFindingLines(findings, size.width, look, room);
    if (lines.length <= size.rows) return lines;
  }
  const lines = allFindingLines(findings, size.width, look, TIGHTER.at(-1) ?? ROOMY);
  const kept = Math.max(0, size.rows - 1);
  return [...lines.slice(0, kept), ...indent([moreLine(lines.length - kept, key, look)], MARGIN)];
}

/** Draws findings below each other; what belongs to a test stands under its sentence. */
export function allFindingLines(
  findings: readonly Finding[],
  width: number,
  look: Look,
  room: Room = ROOMY,
): readonly Line[] {
  return grouped(findings).flatMap((group) =>
    group.flatMap((finding, index) => {
      const margin = index > 0 && group[0]?.kind === 'test' ? MARGIN + MARGIN : MARGIN;
      const lines = indent(findingLines(finding, width - margin.length, look, room), margin);
      return room.airy && (index === 0 || APART.has(finding.kind)) ? [BLANK, ...lines] : lines;
    }),
  );
}
