import type { ExerciseSolution } from '../../catalog/model.ts';
import { SOLUTION_PAGES, type SolutionPage, type State } from '../../session/state.ts';
import type { Page } from '../components/scroll.tsx';
import { clean } from '../text/clean.ts';
import { languageOf, numbered } from '../text/code.ts';
import { line, span, type Line } from '../text/line.ts';
import { markdown } from '../text/markdown.ts';
import { stack } from '../text/stack.ts';
import { tabs } from '../components/tabs.ts';
import type { Look } from '../theme.ts';

const NAMES: Readonly<Record<SolutionPage, string>> = {
  explanation: 'Why it works',
  solution: 'Reference solution',
  suite: 'Hidden suite',
};

/** One of the three pages that a pass reveals. */
export function solutionPage(state: State, shown: SolutionPage, look: Look): Page {
  const solution = state.current?.solution;
  return {
    title: tabs(
      SOLUTION_PAGES.map((page) => NAMES[page]),
      NAMES[shown],
      look,
    ),
    lines: solution
      ? pageLines(solution, shown, look)
      : [line(span(`Reading${look.symbols.ellipsis}`, 'quiet'))],
  };
}

function pageLines(solution: ExerciseSolution, page: SolutionPage, look: Look): readonly Line[] {
  switch (page) {
    case 'explanation':
      return markdown(solution.explanation, look.columns, look);
    case 'solution':
      return stack(...solution.files.map((file) => fileLines(file, look)));
    case 'suite':
      return fileLines(solution.suite, look);
  }
}

function fileLines(file: ExerciseSolution['suite'], look: Look): readonly Line[] {
  return [
    line(span(clean(file.name), 'title')),
    ...numbered(file.text, languageOf(file.name), look.columns, look),
  ];
}
