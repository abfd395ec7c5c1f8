import type { Attempts } from '../grade/probe.ts';
import type { Sandbox } from '../grade/sandbox/detect.ts';
import { failure, ok, warning, type Finding } from './finding.ts';

/** What stands between a kata and this machine. Each line was tried, not looked up. */
export function checkIsolation(attempts: Attempts | undefined, sandbox: Sandbox): Finding[] {
  if (!attempts) {
    return [
      failure(
        'Confined process',
        'cannot be started',
        'Start the dojo by `npm run watch`; if this stays, please report it.',
      ),
    ];
  }
  return [
    ...Object.entries(attempts).map(([act, outcome]) =>
      outcome === 'denied'
        ? ok(`A kata may ${act}`, 'no')
        : failure(
            `A kata may ${act}`,
            'yes',
            'Run only katas that you wrote yourself, and please report this.',
          ),
    ),
    sandbox.layer === 'none'
      ? warning(
          'Sandbox of the system',
          `none (${sandbox.reason})`,
          'Nothing to do for your own katas. Do not grade those of strangers here (docs/guarantee.md).',
        )
      : ok('Sandbox for --apart', sandbox.layer),
    ...(process.platform === 'win32'
      ? [
          warning(
            'Line of an endless loop',
            'may stay unknown on this system',
            'Nothing to do: the loop is stopped all the same.',
          ),
        ]
      : []),
  ];
}
