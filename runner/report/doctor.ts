import type { Finding, Section } from '../doctor/finding.ts';

const MARKS = { ok: 'ok', warning: '!!', failure: 'XX' } as const;

/** What the doctor found, as plain lines. */
export function doctorText(sections: readonly Section[]): string {
  const amiss = sections.flatMap(({ findings }) => findings).filter(({ state }) => state !== 'ok');
  return [
    ...sections.flatMap(({ title, findings }) => [title, ...findings.flatMap(findingText), '']),
    amiss.length === 0
      ? 'All is well.'
      : `${amiss.length === 1 ? 'One thing needs' : `${amiss.length} things need`} attention: see the arrows above.`,
  ].join('\n');
}

function findingText({ name, state, found, remedy }: Finding): string[] {
  return [
    `  ${MARKS[state]}  ${name.padEnd(28)} ${found}`,
    ...(remedy === undefined ? [] : [`      -> ${remedy}`]),
  ];
}
