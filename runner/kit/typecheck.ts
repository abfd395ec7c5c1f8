import ts from 'typescript';
import { Compiler, parse, readLibrary, type Files, type TypeProblem } from './compiler.ts';
import { asked, shared, whenIdle } from './warm.ts';

/** Checks in one rehearsal: many more of them make no later one much faster. */
const REHEARSAL = 24;

const library = () => shared('typescript library', readLibrary);
/** For all checks of a process: what they have in common is most of what each would cost. */
const compiler = () => shared('typescript compiler', () => ({ current: new Compiler(library()) }));

/** What this process is prepared for. */
const rehearsed: Files[] = [];

/**
 * Has the language's library ready before a suite asks, and given time also the compiler's own code where
 * a check of these files leads: the next one, which differs in the kata, then takes a fraction of the time.
 *
 * @param input the files of an earlier check, as {@link check} has told them.
 */
export function prepare(input: string): Promise<void> {
  if (rehearsed.push(JSON.parse(input) as Files) === 1) whenIdle(rehearse);
  compiler();
  return Promise.resolve();
}

function rehearse(enough: () => boolean): Promise<void> {
  for (let checks = 0; checks < REHEARSAL && !enough(); checks += 1) {
    typecheck(rehearsed[checks % rehearsed.length] ?? {});
    // Nothing stays of files that are another's kata.
    compiler().current = new Compiler(library());
  }
  return Promise.resolve();
}

/**
 * Type-checks source texts with the TypeScript compiler under the flags of the repository's
 * `tsconfig.json`, without touching the disk but for the language's own library.
 *
 * The first check of a process parses that library (some 200 ms); later ones cost a few milliseconds and
 * what there is to check. For many small expectations {@link snippets} needs one check only.
 *
 * @param files file name -> source text; they import one another as `./name`.
 * @returns every error in these files, in order of file and line; empty when all of them compile.
 */
export function typecheck(files: Files): TypeProblem[] {
  const problemsOf = check(files);
  return Object.keys(files).flatMap(problemsOf);
}

function check(files: Files): (file: string) => TypeProblem[] {
  asked('typecheck', JSON.stringify(files));
  return compiler().current.check(files);
}

/** What the one check of {@link snippets} has found. */
export interface SnippetVerdicts {
  /** @returns one sentence for each line of this snippet that disappoints, empty when none does. */
  (name: string): string[];
  /** @returns the errors in one of the files that were handed in beside the snippets. */
  problems(file: string): TypeProblem[];
}

/**
 * Checks many small expectations about types with one run of the compiler.
 *
 * Each snippet becomes a module of its own. A line that ends with the comment `// error` must not
 * compile; every other line must. Keep a statement on one line: what counts is the line on which the
 * compiler starts its complaint.
 *
 * ```ts
 * const verdicts = snippets({ 'kata.ts': kata }, `import { first } from './kata';`, {
 *   'the element type is inferred': `
 *     const one: number = first([1, 2]);
 *     const two: string = first([1, 2]); // error
 *   `,
 * });
 * expect(verdicts('the element type is inferred')).toEqual([]);
 * ```
 *
 * @param files file name -> source text, as for {@link typecheck}; what is wrong in them is told by
 *   `problems`, so that a suite needs no second check for it.
 * @param prelude lines put in front of every snippet, such as imports.
 * @param texts name -> snippet.
 * @returns the findings, by snippet and by file. The compiler runs when the first of them is asked for.
 */
export function snippets(
  files: Files,
  prelude: string,
  texts: Readonly<Record<string, string>>,
): SnippetVerdicts {
  const names = Object.keys(texts);
  const modules = new Map(
    Object.values(texts).map((text, at) => [`snippet${at}.ts`, prelude + '\n' + text]),
  );
  let problemsOf: ReturnType<typeof check> | undefined;
  const problems = (file: string): TypeProblem[] =>
    (problemsOf ??= check({ ...files, ...Object.fromEntries(modules) }))(file);
  const verdict = (name: string): string[] => {
    const file = `snippet${names.indexOf(name)}.ts`;
    const text = modules.get(file);
    if (text === undefined) throw new Error(`There is no snippet "${name}".`);
    return disappointments(text, problems(file));
  };
  return Object.assign(verdict, { problems });
}

const MARKER = /\s*\/\/ error\s*$/;

function disappointments(text: string, problems: readonly TypeProblem[]): string[] {
  return text.split('\n').flatMap((line, index) => {
    const problem = problems.find((candidate) => candidate.line === index + 1);
    const code = line.replace(MARKER, '').trim();
    if (MARKER.test(line)) return problem ? [] : [`must not compile, but does: ${code}`];
    return problem ? [`must compile: ${code}\n  ${problem.message}`] : [];
  });
}

/**
 * Finds the ways around the compiler in a source text: `any`, `as T` and `<T>value` (but not
 * `as const`), `value!` and `let name!: T`, and the comments that silence the compiler.
 *
 * @returns one sentence for each, such as ``line 12: `as Payment` ``; in order of their lines.
 */
export function loopholes(text: string): string[] {
  const source = read(text);
  const found: { line: number; what: string }[] = [];
  const report = (position: number, what: string): void => {
    const { line } = source.getLineAndCharacterOfPosition(position);
    found.push({ line: line + 1, what });
  };
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) report(node.getStart(source), 'any');
    if (ts.isAsExpression(node) && !ts.isConstTypeReference(node.type))
      report(node.type.getStart(source), `as ${node.type.getText(source)}`);
    if (ts.isTypeAssertionExpression(node) && !ts.isConstTypeReference(node.type))
      report(node.getStart(source), `<${node.type.getText(source)}>`);
    if (ts.isNonNullExpression(node)) report(node.end, node.getText(source));
    if ((ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node)) && node.exclamationToken)
      report(node.exclamationToken.getStart(source), `${node.name.getText(source)}!`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  for (const match of text.matchAll(/(?:\/\/+|\/\*+)\s*(@ts-(?:ignore|expect-error|nocheck))/g))
    report(match.index, match[1] ?? '');
  return found
    .toSorted((one, other) => one.line - other.line)
    .map(({ line, what }) => `line ${line}: \`${what}\``);
}

/**
 * Adds a member to a union: `type Name = A | B` becomes `type Name = (A | B) | member`, on the same
 * lines as before.
 *
 * @returns the new source text, or undefined when the text declares no type alias of that name.
 */
export function widenUnion(text: string, name: string, member: string): string | undefined {
  const source = read(text);
  const alias = source.statements.find(
    (statement) => ts.isTypeAliasDeclaration(statement) && statement.name.text === name,
  );
  if (!alias || !ts.isTypeAliasDeclaration(alias)) return undefined;
  const { type } = alias;
  const before = text.slice(0, type.getStart(source));
  return `${before}(${type.getText(source)}) | ${member}${text.slice(type.end)}`;
}

/**
 * The lines (1-based) of a function or constant on the top level of a source text, together with
 * those of the functions and constants that it uses, directly or through others.
 *
 * @returns no line at all when there is no such declaration.
 */
export function linesBehind(text: string, name: string): ReadonlySet<number> {
  const source = read(text);
  const declared = new Map<string, ts.Statement>();
  for (const statement of source.statements) {
    if (ts.isFunctionDeclaration(statement) && statement.name)
      declared.set(statement.name.text, statement);
    if (ts.isVariableStatement(statement))
      for (const { name: bound } of statement.declarationList.declarations)
        declared.set(bound.getText(source), statement);
  }
  const lines = new Set<number>();
  const seen = new Set<ts.Statement>();
  const take = (wanted: string): void => {
    const statement = declared.get(wanted);
    if (!statement || seen.has(statement)) return;
    seen.add(statement);
    const first = source.getLineAndCharacterOfPosition(statement.getStart(source)).line + 1;
    const last = source.getLineAndCharacterOfPosition(statement.end).line + 1;
    for (let line = first; line <= last; line++) lines.add(line);
    const visit = (node: ts.Node): void => {
      if (ts.isIdentifier(node)) take(node.text);
      ts.forEachChild(node, visit);
    };
    visit(statement);
  };
  take(name);
  return lines;
}

/** Several questions are about the same text. */
let latest: ts.SourceFile | undefined;

function read(text: string): ts.SourceFile {
  if (latest?.text !== text) latest = parse('kata.ts', text);
  return latest;
}
