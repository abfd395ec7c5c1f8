import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { lockDown } from './lockdown.ts';
import { fenceModules } from './modules.ts';
import { listen, send } from './pipe.ts';
import { enterSandbox } from './sandbox.ts';
import { serve, tellUnhandled } from './serve.ts';

// The process that holds the learner's code. It knows nothing of a suite: it gets calls, and gives values.
// Everything up to the first frame happens before the save.

/** What the exercise's topic needs, as words on the command line: written by the host, nothing from outside. */
const [builtins = '', kept = '', lock = ''] = process.argv.slice(2);
const words = (text: string): string[] => text.split(',').filter((word) => word !== '');

/** Characters of output that are passed on; the raw streams have a limit of their own. */
const MOST_OUTPUT = 256 * 1024;
let printed = 0;
const output = new Writable({
  decodeStrings: false,
  write(chunk, _encoding, done) {
    const text = String(chunk).slice(0, MOST_OUTPUT - printed);
    printed += text.length;
    if (text !== '') send({ t: 'print', text });
    done();
  },
});

globalThis.console = new Console({ stdout: output, stderr: output, colorMode: false });
process.on('unhandledRejection', tellUnhandled);
process.on('uncaughtException', tellUnhandled);
if (lock !== '')
  enterSandbox({ files: words(kept).includes('fs.read'), network: words(kept).includes('net') });
fenceModules(words(builtins));
lockDown(words(kept));
listen(serve);
