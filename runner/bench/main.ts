import { readFileSync, writeFileSync } from 'node:fs';
import { compareText } from './compare.ts';
import { measure } from './measure.ts';
import { helpText, OptionError, readOptions, type Request } from './options.ts';
import { report, type Report } from './report.ts';
import { SCENARIOS } from './scenarios.ts';
import { soak } from './soak.ts';
import { heldOut, soakText } from './soak-text.ts';
import { reportText } from './text.ts';

// Exit codes: 0 measured, whatever the figures are; 1 a soak has found a fault; 2 something could not be
// measured.
process.exit(await main(process.argv.slice(2)));

async function main(argv: readonly string[]): Promise<number> {
  try {
    return await carryOut(readOptions(argv, SCENARIOS));
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

async function carryOut(request: Request): Promise<number> {
  switch (request.do) {
    case 'help':
      print(helpText(SCENARIOS));
      return 0;
    case 'compare':
      print(compareText(readReport(request.before), readReport(request.after)));
      return 0;
    case 'soak': {
      const found = await soak(request.plan, tell);
      print(`\n${soakText(found)}`);
      write(request.json, found);
      return heldOut(found) ? 0 : 1;
    }
    case 'measure': {
      const { scenarios, plan, quick, json } = request;
      const found = await measure(scenarios, plan, quick, tell);
      print(`\n${reportText(found)}`);
      write(json, found);
      return found.failures.length === 0 ? 0 : 2;
    }
  }
}

function readReport(path: string): Report {
  try {
    return report.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new OptionError(`${path} is no report that --json wrote: ${reason}`);
  }
}

function write(path: string | undefined, found: object): void {
  if (path !== undefined) writeFileSync(path, `${JSON.stringify(found, null, 2)}\n`);
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
