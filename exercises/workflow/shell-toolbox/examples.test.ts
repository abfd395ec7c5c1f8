import { runScript } from '#kit/shell';
import { describe, expect, test } from 'vitest';
import failedPayments from './failed-payments.sh?raw';
import packLogs from './pack-logs.sh?raw';
import tidyNames from './tidy-names.sh?raw';
import tighten from './tighten.sh?raw';
import topClients from './top-clients.sh?raw';

describe('1. Find the busiest clients', () => {
  test('counts the requests of two files', async () => {
    const { stdout, stderr } = await runScript(topClients, {
      args: ['/logs/a.log', '/logs/b.log'],
      files: {
        '/logs/a.log': '10.0.0.7 "GET /"\n10.0.0.9 "GET /"\n',
        '/logs/b.log': '10.0.0.9 "GET /cart"\n',
      },
    });
    expect(stdout, `errors: ${stderr.trim() || 'none'}`).toBe('2 10.0.0.9\n1 10.0.0.7\n');
  });
});

describe('2. List the failed payments', () => {
  test('prints a failed payment', async () => {
    const { stdout, stderr } = await runScript(failedPayments, {
      args: ['/in.jsonl'],
      files: {
        '/in.jsonl': '{"id": "p-3", "status": "failed", "amount": 80, "customer": "Amina"}\n',
      },
    });
    expect(stdout, `errors: ${stderr.trim() || 'none'}`).toBe('p-3\tAmina\t80\n');
  });
});

describe('3. Tidy up names', () => {
  test('renames a file with two blanks', async () => {
    const { files, stderr } = await runScript(tidyNames, {
      args: ['/media'],
      files: { '/media/my first photo.jpg': 'pixels' },
    });
    expect(Object.keys(files), `errors: ${stderr.trim() || 'none'}`).toContain(
      '/media/my_first_photo.jpg',
    );
  });

  test('calls a missing folder wrong usage', async () => {
    const { status } = await runScript(tidyNames, { args: ['/nowhere'] });
    expect(status).toBe(2);
  });
});

describe('4. Tighten a deployed tree', () => {
  test('hides a key', async () => {
    const { files, stderr } = await runScript(tighten, {
      args: ['/app'],
      files: { '/app/tls/shop.key': { content: 'secret', mode: 0o644 } },
    });
    expect(files['/app/tls/shop.key']?.mode, `errors: ${stderr.trim() || 'none'}`).toBe('600');
  });
});

describe('5. Pack old logs', () => {
  test('prints an old log with -n', async () => {
    const { stdout, stderr } = await runScript(packLogs, {
      args: ['-n', '/logs'],
      files: { '/logs/old.log': { content: 'lines', daysOld: 20 }, '/logs/new.log': 'lines' },
    });
    expect(stdout, `errors: ${stderr.trim() || 'none'}`).toBe('/logs/old.log\n');
  });
});
