import { Marked, type Tokens } from 'marked';
import { PAGE_STYLE } from './page-style.ts';
import { factsOf, previewParts, type Preview, type PreviewBlock } from './preview.ts';

/**
 * A preview as one HTML page that needs nothing else and loads nothing: a reviewer opens it from the artifact
 * of a pull request, so what the author wrote is text there, never markup, scripts or pictures from elsewhere.
 */
export function previewPage(preview: Preview): string {
  const title = escape(preview.exercise.title);
  const parts = previewParts(preview).map(
    (part) =>
      `<section>\n<h2>${escape(part.title)}</h2>\n${part.blocks.map(blockHtml).join('\n')}\n</section>`,
  );
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${title}: preview</title>`,
    `<style>\n${PAGE_STYLE}</style>`,
    '<main>',
    `<header>\n<h1>${title}</h1>\n<p>${escape(preview.exercise.slug)}: ${escape(factsOf(preview))}</p>\n</header>`,
    ...parts,
    '</main>',
    '</html>',
    '',
  ].join('\n');
}

function blockHtml({ kind, text }: PreviewBlock): string {
  switch (kind) {
    case 'markdown':
      return `<article>\n${markdown.parse(text, { async: false })}</article>`;
    case 'screen':
      return `<pre class="screen">${escape(text)}</pre>`;
    case 'heading':
      return `<h3>${escape(text)}</h3>`;
    case 'sentence':
      return `<blockquote>${escape(text)}</blockquote>`;
  }
}

const markdown = new Marked({
  renderer: {
    html: ({ text }: Tokens.HTML | Tokens.Tag) => escape(text),
    image: ({ text, href }: Tokens.Image) => `[${escape(text)}: ${escape(href)}]`,
    link({ href, tokens }: Tokens.Link) {
      const text = this.parser.parseInline(tokens);
      return /^https?:/i.test(href) ? `<a href="${escape(href)}">${text}</a>` : `<u>${text}</u>`;
    },
  },
});

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
