/** A file's text, imported as it lies on disk: `import sql from './kata.sql?raw'`. */
declare module '*?raw' {
  const text: string;
  export default text;
}
