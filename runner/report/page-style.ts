/** The look of an HTML page, in light and in dark. */
export const PAGE_STYLE = `:root { color-scheme: light dark; }
body { margin: 0; font: 16px/1.55 system-ui, sans-serif; background: Canvas; color: CanvasText; }
main { max-width: 46rem; margin: 0 auto; padding: 2rem 1rem 6rem; }
h1 { font-size: 1.6rem; line-height: 1.2; }
section { margin-top: 3rem; border-top: 1px solid color-mix(in srgb, CanvasText 25%, Canvas); }
h2 { font-size: 1.25rem; }
h3 { margin-top: 2.2rem; }
article { padding: 0 1.2rem; border: 1px solid color-mix(in srgb, CanvasText 18%, Canvas); border-radius: 6px; }
article h1 { font-size: 1.3rem; }
article h2, article h3 { font-size: 1.08rem; }
blockquote { margin: 1rem 0; padding: 0 1rem; border-left: 4px solid color-mix(in srgb, CanvasText 35%, Canvas); }
pre, code { font: 0.88em/1.5 ui-monospace, Menlo, Consolas, monospace; }
pre { overflow-x: auto; padding: 0.8rem 1rem; border-radius: 6px; background: color-mix(in srgb, CanvasText 7%, Canvas); }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { padding: 0.3rem 0.7rem; border: 1px solid color-mix(in srgb, CanvasText 22%, Canvas); text-align: left; }
a { color: LinkText; }
`;
