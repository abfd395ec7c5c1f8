/** Something found in Markdown text, with its 1-based line. */
export interface Heading {
  /** 1 to 6. */
  readonly level: number;
  readonly text: string;
  readonly line: number;
}

export interface Link {
  readonly target: string;
  readonly line: number;
}

/** The `#` headings of a text; those inside fenced code are code. */
export function headingsOf(text: string): Heading[] {
  return partsOf(text).prose.flatMap(({ text: prose, line }) => {
    const [, marks, title] = /^ {0,3}(#{1,6})\s+(.*?)(?:\s+#+)?\s*$/.exec(prose) ?? [];
    return marks && title ? { level: marks.length, text: title, line } : [];
  });
}

/** Targets of inline links, images and link definitions; not those inside code. */
export function linksOf(text: string): Link[] {
  return partsOf(text).prose.flatMap(({ text: prose, line }) => {
    const plain = prose.replaceAll(/(`+).*?\1/g, '');
    const inline = plain.matchAll(/\]\(\s*<?([^\s<>)]+)>?[^)]*\)/g);
    const defined = plain.matchAll(/^ {0,3}\[[^\]]+\]:\s*<?([^\s<>]+)/g);
    return [...inline, ...defined].flatMap(([, target]) => (target ? { target, line } : []));
  });
}

/** A fenced block of code. */
export interface Fence {
  /** The word behind the opening marks; empty where there is none. */
  readonly language: string;
  /** Of the opening marks. */
  readonly line: number;
  readonly text: string;
}

/** The fenced blocks of a text; one that is never closed ends with the text. */
export function fencesOf(text: string): Fence[] {
  return partsOf(text).fences;
}

/** A section whose heading is numbered: `## 2. The tool to use`. */
export interface NumberedSection {
  readonly number: number;
  readonly title: string;
  readonly line: number;
  /** Everything up to the next heading of the same or a higher level. */
  readonly text: string;
}

/** The numbered sections of one heading level, in the order of the text. */
export function numberedSections(text: string, level: number): NumberedSection[] {
  const lines = text.split('\n');
  const headings = headingsOf(text).filter((heading) => heading.level <= level);
  return headings.flatMap((heading, index) => {
    const [, number, title] = /^(\d+)\.\s+(.+)$/.exec(heading.text) ?? [];
    if (heading.level !== level || number === undefined || title === undefined) return [];
    const end = headings[index + 1]?.line ?? lines.length + 1;
    const body = lines
      .slice(heading.line, end - 1)
      .join('\n')
      .trim();
    return { number: Number(number), title, line: heading.line, text: body };
  });
}

interface Parts {
  /** The lines outside of fenced code. */
  readonly prose: { readonly text: string; readonly line: number }[];
  readonly fences: Fence[];
}

function partsOf(text: string): Parts {
  const parts: Parts = { prose: [], fences: [] };
  let open: { marks: string; language: string; line: number; lines: string[] } | undefined;
  const close = (): void => {
    if (open) {
      const { language, line, lines } = open;
      parts.fences.push({ language, line, text: lines.join('\n') });
    }
    open = undefined;
  };
  for (const [index, line] of text.split('\n').entries()) {
    const [, marks = '', language = ''] = /^ {0,3}(`{3,}|~{3,})\s*(\S*)/.exec(line) ?? [];
    if (open && marks.startsWith(open.marks) && language === '') close();
    else if (open) open.lines.push(line);
    else if (marks !== '') open = { marks, language, line: index + 1, lines: [] };
    else parts.prose.push({ text: line, line: index + 1 });
  }
  close();
  return parts;
}
