import type { Exercise } from '../catalog/model.ts';
import type { Section } from '../doctor/finding.ts';
import { checkIsolation } from '../doctor/isolation.ts';
import { checkLearner } from '../doctor/learner.ts';
import { checkRuntime } from '../doctor/runtime.ts';
import { checkSpeed, type Gradable } from '../doctor/speed.ts';
import { referenceCandidate } from '../grade/candidate.ts';
import { createGrader, type Grader } from '../grade/grader.ts';
import { probeConfinement } from '../grade/probe.ts';
import { detectSandbox } from '../grade/sandbox/detect.ts';
import { doctorText } from '../report/doctor.ts';
import { EXIT, print, printJson, SHARED, SHARED_HELP, type Command } from './command.ts';
import { loadDojo } from './dojo.ts';

export const command: Command = {
  usage: '',
  summary:
    'Look at runtime, isolation, speed, editor and journal, and say what to do about each problem.',
  details:
    'Takes about ten seconds. Exit codes: 0 all is well or only warnings, 1 something does not work.',
  words: 0,
  options: SHARED,
  optionHelp: SHARED_HELP,
  async run(args) {
    const dojo = await loadDojo(args);
    const { clone, folder } = dojo.workspace;
    const grader = createGrader(clone);
    try {
      const sections: Section[] = [
        { title: 'Runtime', findings: await checkRuntime(clone) },
        {
          title: 'Learning',
          findings: await checkLearner(dojo.catalog, folder, dojo.journal, process.env),
        },
        {
          title: 'Isolation of your code',
          findings: checkIsolation(await probeConfinement(), await detectSandbox()),
        },
        {
          title: 'Speed of this machine',
          findings: await checkSpeed(gradable(grader, dojo.catalog.exercises)),
        },
      ];
      if (args.options.json) printJson('doctor', { sections });
      else print(doctorText(sections));
      const broken = sections.some(({ findings }) =>
        findings.some(({ state }) => state === 'failure'),
      );
      return broken ? EXIT.notPassed : EXIT.ok;
    } finally {
      await grader.close();
    }
  },
};

/** The smallest code exercise there is, graded on its own reference. */
function gradable(grader: Grader, exercises: ReadonlyMap<string, Exercise>): Gradable | undefined {
  const [exercise] = [...exercises.values()]
    .filter(({ kind, editions }) => kind === 'code' && editions[0]?.language === 'typescript')
    .sort((a, b) => a.minutes - b.minutes);
  const edition = exercise?.editions[0];
  if (!exercise || !edition) return undefined;
  const candidate = referenceCandidate(exercise, edition);
  const [path = ''] = candidate.files.values();
  return {
    kata: { path, folder: candidate.folder },
    grade: async () => void (await grader.grade(exercise, edition, candidate)),
  };
}
