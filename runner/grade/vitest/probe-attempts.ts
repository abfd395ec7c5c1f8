import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { homedir } from 'node:os';

// Runs under the flags of a grading process, and says what it could do there.

const outcome = (attempt: () => unknown): 'denied' | 'possible' => {
  try {
    attempt();
    return 'possible';
  } catch {
    return 'denied';
  }
};

const network = await new Promise<'denied' | 'possible'>((resolve) => {
  try {
    const socket = connect(9, '127.0.0.1');
    socket.on('connect', () => resolve('possible'));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'ERR_ACCESS_DENIED' ? 'denied' : 'possible'),
    );
  } catch {
    resolve('denied');
  }
});

process.stdout.write(
  JSON.stringify({
    'read your files': outcome(() => readdirSync(homedir())),
    'write your files': outcome(() =>
      writeFileSync(`${homedir()}/.dojo-probe`, '', { flag: 'wx' }),
    ),
    'start programs': outcome(() => execFileSync(process.execPath, ['-v'])),
    'use the network': network,
    'load native code': outcome(() => process.dlopen({ exports: {} }, '/nowhere.node')),
  }),
);
