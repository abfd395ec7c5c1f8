import { delimiter } from 'node:path';

/** Set by npm, by this benchmark's own start, or by a CI service; PATH is treated apart. */
const FOREIGN = /^(npm_|PATH$|CI$|NO_COLOR$|FORCE_COLOR$|NODE_OPTIONS$|INIT_CWD$|VITEST)/i;

/** The environment of a learner's shell, in which the dojo's content lies in `home`. */
export function learnersShell(home: string): Record<string, string> {
  const own = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
  const path = (process.env['PATH'] ?? '')
    .split(delimiter)
    // npm puts them there for its scripts.
    .filter((folder) => !/node_modules[\\/]\.bin[\\/]?$/.test(folder))
    .join(delimiter);
  return {
    ...Object.fromEntries(own.map(([name, value]) => [name, value ?? ''])),
    PATH: path,
    TERM: 'xterm-256color',
    DOJO_HOME: home,
  };
}

/** The command that starts npm, on any system. */
export const NPM = process.platform === 'win32' ? 'npm.cmd' : 'npm';
