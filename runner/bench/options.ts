import { parseArgs } from 'node:util';
import { didYouMean } from '../catalog/nearest.ts';
import type { Plan, Scenario } from './scenario.ts';
import type { SoakPlan } from './soak.ts';

/** What the command line asks for. */
export type Request =
  | { readonly do: 'help' }
  | { readonly do: 'compare'; readonly before: string; readonly after: string }
  /** `json` is the file that takes the report. */
  | { readonly do: 'soak'; readonly plan: SoakPlan; readonly json?: string }
  | {
      readonly do: 'measure';
      readonly scenarios: readonly Scenario[];
      readonly plan: Plan;
      readonly quick: boolean;
      /** The file that takes the report. */
      readonly json?: string;
    };

/** A mistake of the person who typed the command. */
export class OptionError extends Error {}

const FULL: Plan = { samples: 30, slowSamples: 10, pause: 700, saves: 200, all: false };
const QUICK: Plan = { ...FULL, samples: 3, slowSamples: 2, saves: 10 };

/** @throws OptionError on anything that is not understood. */
export function readOptions(argv: readonly string[], known: readonly Scenario[]): Request {
  const { values, positionals } = parse(argv);
  if (values.help) return { do: 'help' };
  if (values.compare) {
    const [before, after, ...surplus] = positionals;
    if (before === undefined || after === undefined || surplus.length > 0) {
      throw new OptionError('--compare takes two files that --json wrote.');
    }
    return { do: 'compare', before, after };
  }
  if (positionals.length > 0) {
    throw new OptionError(`What is "${positionals.join(' ')}"? --help lists the options.`);
  }
  const json = values.json === undefined ? {} : { json: values.json };
  const minutes = positive('soak', values.soak);
  if (minutes !== undefined) {
    const seed = wholeNumber('seed', values.seed) ?? 1;
    return { do: 'soak', plan: { duration: minutes * 60_000, seed }, ...json };
  }
  const basis = values.quick ? QUICK : FULL;
  return {
    do: 'measure',
    scenarios: chosen(values.only, known),
    plan: {
      ...basis,
      pause: wholeNumber('pause', values.pause) ?? basis.pause,
      saves: wholeNumber('saves', values.saves) ?? basis.saves,
      all: values.all,
    },
    quick: values.quick,
    ...json,
  };
}

/** What `--help` prints. */
export function helpText(known: readonly Scenario[]): string {
  const width = Math.max(...known.map(({ name }) => name.length));
  return `Measures how fast the dojo is on this machine (docs/benchmarks.md).

Usage: npm run bench -- [options]

Options:
  --only <names>         measure these scenarios, separated by commas
  --quick                few samples: a first look
  --all                  grade every candidate of every exercise (throughput)
  --pause <ms>           between two saves, at least; default ${FULL.pause}
  --saves <number>       after which memory is looked at again; default ${FULL.saves}
  --json <file>          also write the report there
  --soak <minutes>       save right, wrong and hostile katas into a real watch that long, and read the screen
  --seed <number>        another order of these; default 1
  --compare <a> <b>      compare two such files; measures nothing
  --help, -h             show this

Scenarios:
${known.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`).join('\n')}`;
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        only: { type: 'string' },
        quick: { type: 'boolean', default: false },
        all: { type: 'boolean', default: false },
        pause: { type: 'string' },
        saves: { type: 'string' },
        soak: { type: 'string' },
        seed: { type: 'string' },
        json: { type: 'string' },
        compare: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new OptionError(`${error instanceof Error ? error.message : String(error)}.`);
  }
}

function chosen(only: string | undefined, known: readonly Scenario[]): readonly Scenario[] {
  if (only === undefined) return known;
  const names = only.split(',').map((name) => name.trim());
  for (const name of names) {
    if (known.some((scenario) => scenario.name === name)) continue;
    const all = known.map((scenario) => scenario.name);
    throw new OptionError(
      `There is no scenario "${name}".${didYouMean(name, all)} There are: ${all.join(', ')}.`,
    );
  }
  return known.filter(({ name }) => names.includes(name));
}

function positive(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!(number > 0 && number < Infinity)) throw new OptionError(`--${name} ${text} is no time.`);
  return number;
}

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) throw new OptionError(`--${name} ${text} is no whole number.`);
  return Number(text);
}
