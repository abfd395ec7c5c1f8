import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { editionOf } from '../../catalog/content.ts';
import type { Current } from '../../session/state.ts';
import { clean } from '../text/clean.ts';
import { clip, line, span, type Line, type Span } from '../text/line.ts';
import type { Look } from '../theme.ts';
import { levelSpans } from './marks.ts';

/** Title, level, estimated time, and where the files lie. */
export function exerciseLines(current: Current, width: number, look: Look): readonly Line[] {
  const { title, level, minutes } = current.exercise;
  const facts = line('   ', ...levelSpans(level, look), span(`   ${minutes} min`, 'quiet'));
  return [
    clip(line(span(clean(title), 'title'), ...facts), width, look.symbols.ellipsis),
    clip(kataPaths(current, look), width, look.symbols.ellipsis),
  ];
}

/** Names of the files that the learner edits. */
export function kataNames({ exercise, edition }: Current): readonly string[] {
  return editionOf(exercise, edition)?.kata ?? [];
}

/** The first file with its folder as seen from where the dojo was started, the others by name. */
function kataPaths(current: Current, look: Look): Line {
  const names = kataNames(current);
  const folder = shownPath(current.folder, look);
  return names.flatMap((name, index) =>
    index === 0
      ? [fileLink(`${folder}/${name}`, join(current.folder, name), look)]
      : line('  ', fileLink(name, join(current.folder, name), look)),
  );
}

/** A path as a person reads it, with forward slashes: relative where that is not longer. */
export function shownPath(path: string, { cwd }: Look): string {
  const near = relative(cwd, path);
  return (near.length < path.length ? near : path).replaceAll('\\', '/');
}

function fileLink(text: string, path: string, look: Look): Span {
  if (!look.links) return { text };
  return { text, style: 'link', link: pathToFileURL(path).href };
}
