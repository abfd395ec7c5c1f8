import { runScript } from '#kit/shell';
import type { Found, Given, ShellRun } from '#kit/shell';
import { describe, expect, test } from 'vitest';
import failedPayments from './failed-payments.sh?raw';
import packLogs from './pack-logs.sh?raw';
import tidyNames from './tidy-names.sh?raw';
import tighten from './tighten.sh?raw';
import topClients from './top-clients.sh?raw';

type Files = Record<string, Given>;

/** What a failure shows next to what was expected: the call and what the script said. */
function told(call: string, { status, stdout, stderr }: ShellRun): string {
  const said = (name: string, text: string) => text && `; ${name}: ${text.trim().slice(0, 200)}`;
  return `${call} -> status ${status}${said('output', stdout)}${said('errors', stderr)}`;
}

/** The files of a run with their contents, or with what `show` makes of them. */
function tree(run: ShellRun, show = (found: Found) => found.content): Record<string, string> {
  return Object.fromEntries(
    Object.entries(run.files)
      .filter(([, found]) => !found.isFolder)
      .map(([path, found]) => [path, show(found)]),
  );
}

/** Checks which files there are, and with which content. */
function expectFiles(run: ShellRun, wanted: Record<string, string>, call: string): void {
  const found = tree(run);
  expect(found, `${call}; files now: ${Object.keys(found).join(', ') || 'none'}`).toEqual(wanted);
}

/** Runs a script again on what its first run left. */
async function again(script: string, args: string[], { files }: ShellRun): Promise<ShellRun> {
  const left = Object.entries(files).map(([path, { isFolder, content, mode }]) =>
    isFolder
      ? ([`${path}/`, ''] as const)
      : ([path, { content, mode: parseInt(mode, 8) }] as const),
  );
  return runScript(script, { args, files: Object.fromEntries(left) });
}

async function expectWrongUsage(name: string, script: string, args: string[], files: Files) {
  const run = await runScript(script, { args, files });
  const call = told([name, ...args].join(' '), run);
  expect(run.status, `status of wrong usage: ${call}`).toBe(2);
  expect(run.stdout, `standard output of wrong usage: ${call}`).toBe('');
  expect(run.stderr, `standard error of wrong usage: ${call}`).not.toBe('');
  expect(run.changes, `files that wrong usage changed: ${call}`).toEqual([]);
}

describe('1. Find the busiest clients', () => {
  const request = '"GET /cart HTTP/1.1" 200';

  function log(counts: Record<string, number>): string {
    return Object.entries(counts)
      .flatMap(([client, count]) => Array.from({ length: count }, () => `${client} ${request}\n`))
      .join('');
  }

  async function top(files: Files, args = Object.keys(files)): Promise<ShellRun> {
    return runScript(topClients, { args, files });
  }

  async function expectTop(files: Files, lines: string[]) {
    const run = await top(files);
    const call = told(`top-clients.sh ${Object.keys(files).join(' ')}`, run);
    expect(run.stdout.split('\n').slice(0, -1), call).toEqual(lines);
    expect(run.status, call).toBe(0);
  }

  test('prints count and client, the highest count first', async () => {
    await expectTop({ '/logs/access.log': log({ '10.0.0.1': 2, '10.0.0.2': 4, '10.0.0.3': 3 }) }, [
      '4 10.0.0.2',
      '3 10.0.0.3',
      '2 10.0.0.1',
    ]);
  });

  test('prints no more than three clients', async () => {
    const counts = { '10.0.0.1': 1, '10.0.0.2': 5, '10.0.0.3': 4, '10.0.0.4': 3, '10.0.0.5': 2 };
    await expectTop({ '/logs/access.log': log(counts) }, [
      '5 10.0.0.2',
      '4 10.0.0.3',
      '3 10.0.0.4',
    ]);
  });

  test('compares counts as numbers, so that 10 is more than 9', async () => {
    await expectTop(
      { '/logs/access.log': log({ '10.0.0.1': 9, '10.0.0.2': 112, '10.0.0.3': 10 }) },
      ['112 10.0.0.2', '10 10.0.0.3', '9 10.0.0.1'],
    );
  });

  test('counts a client whose requests come between those of others', async () => {
    const [one, two] = [log({ '10.0.0.1': 1 }), log({ '10.0.0.2': 1 })];
    await expectTop({ '/logs/access.log': one + two + one + two + one }, [
      '3 10.0.0.1',
      '2 10.0.0.2',
    ]);
  });

  test('orders equal counts by client', async () => {
    const counts = { '192.0.2.4': 2, '10.0.0.1': 2, '203.0.113.5': 2, '172.16.0.3': 2 };
    await expectTop({ '/logs/access.log': log(counts) }, [
      '2 10.0.0.1',
      '2 172.16.0.3',
      '2 192.0.2.4',
    ]);
  });

  test('adds up the counts of all files', async () => {
    await expectTop(
      {
        '/logs/access.log': log({ '10.0.0.1': 3, '10.0.0.2': 2 }),
        '/logs/access.log.1': log({ '10.0.0.2': 2 }),
      },
      ['4 10.0.0.2', '3 10.0.0.1'],
    );
  });

  test('reads files with blanks in their names', async () => {
    await expectTop(
      { '/logs/access old.log': log({ '10.0.0.1': 2 }), '/logs/a * b.log': log({ '10.0.0.2': 1 }) },
      ['2 10.0.0.1', '1 10.0.0.2'],
    );
  });

  test('counts a last line without a line break, and the first one of the next file', async () => {
    await expectTop(
      {
        '/logs/access.log.1': `10.0.0.1 ${request}\n10.0.0.1 ${request}`,
        '/logs/access.log': `10.0.0.2 ${request}`,
      },
      ['2 10.0.0.1', '1 10.0.0.2'],
    );
  });

  test('prints nothing for empty files', async () => {
    await expectTop({ '/logs/access.log': '', '/logs/access.log.1': '' }, []);
  });

  test('calls a missing file wrong usage, and prints nothing about the others', async () => {
    const files = { '/logs/access.log': log({ '10.0.0.1': 2 }) };
    const args = ['/logs/access.log', '/logs/access.log.1'];
    await expectWrongUsage('top-clients.sh', topClients, args, files);
  });

  test('calls a folder and a call without files wrong usage', async () => {
    await expectWrongUsage('top-clients.sh', topClients, ['/logs'], { '/logs/': '' });
    await expectWrongUsage('top-clients.sh', topClients, [], {});
  });
});

describe('2. List the failed payments', () => {
  async function list(content: string, name = '/in/payments.jsonl'): Promise<ShellRun> {
    return runScript(failedPayments, { args: [name], files: { [name]: content } });
  }

  async function expectList(content: string, lines: string[], name?: string) {
    const run = await list(content, name);
    const call = told(`failed-payments.sh with ${content.trim()}`, run);
    expect(run.stdout.split('\n').slice(0, -1), call).toEqual(lines);
    expect(run.status, call).toBe(0);
  }

  test('prints id, customer, and amount of failed payments, separated by tabs', async () => {
    await expectList(
      `{"id":"p-1","status":"failed","amount":1250,"customer":"Ada"}
{"id":"p-2","status":"paid","amount":900,"customer":"Grace"}
`,
      ['p-1\tAda\t1250'],
    );
  });

  test('prints the largest amount first', async () => {
    await expectList(
      `{"id":"p-1","status":"failed","amount":900,"customer":"Ada"}
{"id":"p-2","status":"failed","amount":11000,"customer":"Grace Brewster Hopper"}
{"id":"p-3","status":"failed","amount":1250,"customer":"Nour El Din"}
`,
      ['p-2\tGrace Brewster Hopper\t11000', 'p-3\tNour El Din\t1250', 'p-1\tAda\t900'],
    );
  });

  test('finds the fields wherever they stand in the object', async () => {
    await expectList(
      `{ "customer" : "Zoë",  "amount" : 700, "status" : "failed", "id" : "p-4" }
{"status":"failed","customer":"Ada","attempts":[{"status":"paid","amount":3}],"id":"p-5","amount":650}
`,
      ['p-4\tZoë\t700', 'p-5\tAda\t650'],
    );
  });

  test('is not misled by a text that looks like a failed payment', async () => {
    await expectList(
      String.raw`{"id":"p-6","status":"paid","amount":5,"customer":"Ada","note":"\"status\":\"failed\""}
{"id":"p-7","status":"paid","amount":6,"customer":"failed","history":{"status":"failed"}}
`,
      [],
    );
  });

  test('prints a dash for a customer that is null or missing', async () => {
    await expectList(
      `{"id":"p-8","status":"failed","amount":20,"customer":null}
{"id":"p-9","status":"failed","amount":10}
`,
      ['p-8\t-\t20', 'p-9\t-\t10'],
    );
  });

  test('prints nothing for an empty file', async () => {
    await expectList('', []);
  });

  test('reads a file with blanks in its name, and a last line without a line break', async () => {
    const payment = '{"id":"p-1","status":"failed","amount":1250,"customer":"Ada"}';
    await expectList(payment, ['p-1\tAda\t1250'], '/in/failed payments.jsonl');
  });

  test.each([
    ['is cut off', '{"id":"p-1","status":"failed","amount":1250,"customer":"A'],
    ['has a damaged line', '{"id":"p-1","status":"paid","amount":1}\n{"id":"p-2",,}\n'],
  ])('fails when the JSON %s', async (_, content) => {
    const run = await list(content);
    expect(run.status, told(`failed-payments.sh with ${content.trim()}`, run)).not.toBe(0);
  });

  test('calls a missing file and two files wrong usage', async () => {
    const files = { '/in/a.jsonl': '', '/in/b.jsonl': '' };
    const script = failedPayments;
    await expectWrongUsage('failed-payments.sh', script, ['/in/payments.jsonl'], files);
    await expectWrongUsage('failed-payments.sh', script, ['/in/a.jsonl', '/in/b.jsonl'], files);
  });
});

describe('3. Tidy up names', () => {
  async function tidy(files: Files, dir = '/media'): Promise<ShellRun> {
    return runScript(tidyNames, { args: [dir], files });
  }

  async function expectTidy(names: Record<string, string>) {
    const run = await tidy(Object.fromEntries(Object.keys(names).map((name) => [name, name])));
    const call = told(`tidy-names.sh /media with ${Object.keys(names).join(', ')}`, run);
    const wanted = Object.fromEntries(
      Object.entries(names).map(([name, tidied]) => [tidied, name]),
    );
    expectFiles(run, wanted, call);
    expect(run.stdout, call).toBe('');
    expect(run.status, call).toBe(0);
  }

  test('puts an underscore in the place of each blank and each tab', async () => {
    await expectTidy({
      '/media/summer sale.jpg': '/media/summer_sale.jpg',
      '/media/two  blanks.jpg': '/media/two__blanks.jpg',
      '/media/a\ttab.jpg': '/media/a_tab.jpg',
      '/media/tidy-already.jpg': '/media/tidy-already.jpg',
    });
  });

  test('keeps to the names of files, however deep, and leaves folders alone', async () => {
    await expectTidy({
      '/media/summer 2026/beach one.jpg': '/media/summer 2026/beach_one.jpg',
      '/media/summer 2026/raw files/beach two.raw': '/media/summer 2026/raw files/beach_two.raw',
      '/media/summer 2026/three.jpg': '/media/summer 2026/three.jpg',
    });
  });

  test('copes with blanks at the ends of a name', async () => {
    await expectTidy({ '/media/ front.jpg': '/media/_front.jpg', '/media/end ': '/media/end_' });
  });

  test('copes with quotes, backslashes, dollars, stars, and dashes in a name', async () => {
    await expectTidy({
      [`/media/it's "new".jpg`]: `/media/it's_"new".jpg`,
      '/media/back\\slash x.jpg': '/media/back\\slash_x.jpg',
      '/media/$HOME $(date).jpg': '/media/$HOME_$(date).jpg',
      '/media/* ?.jpg': '/media/*_?.jpg',
      '/media/-n one.jpg': '/media/-n_one.jpg',
    });
  });

  test('works in a folder with a blank in its name, given with a slash', async () => {
    const run = await tidy({ '/my media/a b.jpg': 'x' }, '/my media/');
    expectFiles(
      run,
      {
        '/my media/a_b.jpg': 'x',
      },
      told('tidy-names.sh "/my media/"', run),
    );
  });

  test('overwrites nothing, names what it left, and goes on', async () => {
    const run = await tidy({
      '/media/a plan.txt': 'a',
      '/media/new plan.txt': 'blank',
      '/media/new_plan.txt': 'underscore',
      '/media/z plan.txt': 'z',
    });
    const call = told('tidy-names.sh /media, where new_plan.txt exists', run);
    expectFiles(
      run,
      {
        '/media/a_plan.txt': 'a',
        '/media/new plan.txt': 'blank',
        '/media/new_plan.txt': 'underscore',
        '/media/z_plan.txt': 'z',
      },
      call,
    );
    expect(run.stderr, `standard error: ${call}`).toContain('/media/new plan.txt');
    expect(run.stderr, `standard error: ${call}`).not.toMatch(/[az] plan/);
    expect(run.status, call).toBe(1);
  });

  test('changes nothing in a second run', async () => {
    const first = await tidy({ '/media/a b.jpg': 'x', '/media/c d/e f.jpg': 'y' });
    const second = await again(tidyNames, ['/media'], first);
    expectFiles(second, tree(first), told('second tidy-names.sh', second));
    expect(second.status, told('second tidy-names.sh', second)).toBe(0);
  });

  test('accepts a folder without files', async () => {
    const run = await tidy({ '/media/': '' });
    expect(run.status, told('tidy-names.sh on an empty folder', run)).toBe(0);
  });

  test('calls a missing folder, a file, and no argument wrong usage', async () => {
    const files = { '/media/a b.jpg': 'x' };
    await expectWrongUsage('tidy-names.sh', tidyNames, ['/medai'], files);
    await expectWrongUsage('tidy-names.sh', tidyNames, ['/media/a b.jpg'], files);
    await expectWrongUsage('tidy-names.sh', tidyNames, [], files);
  });
});

describe('4. Tighten a deployed tree', () => {
  /** Runs the script on files that all have the same careless mode, and looks at the modes. */
  async function expectModes(
    wanted: Record<string, string>,
    { dir = '/app', from = '777' }: { dir?: string; from?: string } = {},
  ) {
    const paths = Object.keys(wanted);
    const folders = paths.filter((path) => paths.some((other) => other.startsWith(`${path}/`)));
    const files = paths
      .filter((path) => !folders.includes(path))
      .map((path) => [path, { content: path, mode: parseInt(from, 8) }]);
    const run = await runScript(tighten, {
      args: [dir],
      files: Object.fromEntries(files),
      folders: Object.fromEntries(folders.map((path) => [path, parseInt(from, 8) | 0o700])),
    });
    const call = told(`tighten.sh ${dir} on files with mode ${from}`, run);
    const wrong = Object.entries(wanted)
      .map(([path, mode]) => ({
        path,
        mode,
        found: run.files[path]?.mode ?? 'no mode, it is gone',
      }))
      .filter(({ mode, found }) => found !== mode)
      .map(({ path, mode, found }) => `${path} has ${found} instead of ${mode}`);
    expect(wrong, `${call}: ${wrong.join(', ')}`).toEqual([]);
    expect(run.status, call).toBe(0);
    expect(run.stdout, call).toBe('');
    return run;
  }

  const ordinary = {
    '/app': '755',
    '/app/index.html': '644',
    '/app/lib': '755',
    '/app/lib/data set.json': '644',
    '/app/lib/deep': '755',
    '/app/lib/deep/notes.txt': '644',
  };

  test.each(['777', '600'])(
    'sets folders to 755 and files to 644, coming from %s',
    async (from) => {
      await expectModes(ordinary, { from });
    },
  );

  test.each(['777', '600'])(
    'keeps scripts and programs executable, coming from %s',
    async (from) => {
      await expectModes(
        {
          '/app': '755',
          '/app/start.sh': '755',
          '/app/lib': '755',
          '/app/lib/re start.sh': '755',
          '/app/bin': '755',
          '/app/bin/server': '755',
          '/app/bin/tools': '755',
          '/app/bin/tools/migrate': '755',
          '/app/sh': '644',
        },
        { from },
      );
    },
  );

  test('gives keys to their owner alone, wherever they lie', async () => {
    await expectModes({
      '/app': '755',
      '/app/tls': '755',
      '/app/tls/server.key': '600',
      '/app/tls/my chain.pem': '600',
      '/app/bin': '755',
      '/app/bin/signing.key': '600',
      '/app/uploads': '775',
      '/app/uploads/client.pem': '600',
      '/app/tls/keys.txt': '644',
    });
  });

  test('lets the group write uploads, and makes none of them executable', async () => {
    await expectModes({
      '/app': '755',
      '/app/uploads': '775',
      '/app/uploads/cat.jpg': '664',
      '/app/uploads/user 7': '775',
      '/app/uploads/user 7/run me.sh': '664',
      '/app/uploads/bin': '775',
      '/app/uploads/bin/tool': '664',
    });
  });

  test('takes bin and uploads for special at the top only', async () => {
    await expectModes({
      '/app': '755',
      '/app/lib': '755',
      '/app/lib/bin': '755',
      '/app/lib/bin/readme': '644',
      '/app/lib/uploads': '755',
      '/app/lib/uploads/sample.jpg': '644',
      '/app/uploads.txt': '644',
      '/app/binary.dat': '644',
    });
  });

  test('copes with quotes, backslashes, stars, and dashes in names', async () => {
    await expectModes({
      '/app': '755',
      '/app/ end ': '644',
      '/app/-R': '644',
      [`/app/it's "new"`]: '644',
      '/app/back\\slash.key': '600',
      '/app/uploads': '775',
      '/app/uploads/* $x': '664',
    });
  });

  test('accepts a folder with a blank in its name, and one named with a slash', async () => {
    await expectModes(
      { '/my app': '755', '/my app/bin': '755', '/my app/bin/run': '755', '/my app/x': '644' },
      { dir: '/my app' },
    );
    await expectModes(
      { '/app': '755', '/app/uploads': '775', '/app/uploads/x': '664', '/app/x.key': '600' },
      { dir: '/app/' },
    );
  });

  test('touches nothing outside', async () => {
    const files = {
      '/app/x': { content: '', mode: 0o666 },
      '/apple/x': { content: '', mode: 0o640 },
    };
    const run = await runScript(tighten, { args: ['/app'], files, folders: { '/apple': 0o700 } });
    const modes = [run.files['/apple']?.mode, run.files['/apple/x']?.mode];
    expect(modes, told('modes of /apple and /apple/x after tighten.sh /app', run)).toEqual([
      '700',
      '640',
    ]);
  });

  test('calls a missing folder, a file, and two folders wrong usage', async () => {
    const files = { '/app/x': '', '/other/x': '' };
    await expectWrongUsage('tighten.sh', tighten, ['/ap'], files);
    await expectWrongUsage('tighten.sh', tighten, ['/app/x'], files);
    await expectWrongUsage('tighten.sh', tighten, ['/app', '/other'], files);
  });
});

describe('5. Pack old logs', () => {
  const files: Files = {
    '/logs/today.log': { content: 'today' },
    '/logs/app.log': { content: 'thirty', daysOld: 30.5 },
    '/logs/api server.log': { content: 'ten', daysOld: 10.5 },
    '/logs/shop/-v 1.log': { content: 'nine', daysOld: 9.5 },
    '/logs/shop/recent.log': { content: 'three', daysOld: 3.5 },
    '/logs/shop/notes.txt': { content: 'text', daysOld: 40.5 },
    '/logs/catalog': { content: 'no log', daysOld: 40.5 },
  };

  /** The names that are left when these were packed. */
  function packing(...packed: string[]): Record<string, string> {
    return Object.fromEntries(
      Object.entries(files).map(([path, given]) => [
        packed.includes(path) ? `${path}.gz` : path,
        typeof given === 'string' ? given : given.content,
      ]),
    );
  }

  async function pack(...args: string[]) {
    const run = await runScript(packLogs, { args, files });
    return { run, call: told(`pack-logs.sh ${args.join(' ')}`, run) };
  }

  const old = ['/logs/app.log', '/logs/api server.log', '/logs/shop/-v 1.log'];

  test('packs logs older than seven days, and nothing else', async () => {
    const { run, call } = await pack('/logs');
    expectFiles(run, packing(...old), call);
    expect(run.status, call).toBe(0);
    expect(run.stdout, call).toBe('');
  });

  test('packs with gzip', async () => {
    const { run, call } = await pack('/logs');
    expect(run.files['/logs/app.log.gz']?.isPacked, call).toBe(true);
  });

  test.each([
    [['-d', '20', '/logs'], ['/logs/app.log']],
    [
      ['-d', '2', '/logs'],
      [...old, '/logs/shop/recent.log'],
    ],
    [['-d', '90', '/logs'], []],
  ])('takes the number of days from %j', async (args, packed) => {
    const { run, call } = await pack(...args);
    expectFiles(run, packing(...packed), call);
    expect(run.status, call).toBe(0);
  });

  test.each([
    [['-n', '/logs'], old],
    [['-n', '-d', '20', '/logs'], ['/logs/app.log']],
    [['-d', '20', '-n', '/logs'], ['/logs/app.log']],
    [['-n', '-d', '90', '/logs'], []],
  ])('prints what it would pack, and changes nothing, with %j', async (args, listed) => {
    const { run, call } = await pack(...args);
    expect(run.stdout.split('\n').slice(0, -1).sort(), call).toEqual(listed.toSorted());
    expect(run.changes, `changes of ${call}`).toEqual([]);
    expect(run.status, call).toBe(0);
  });

  test('changes nothing in a second run', async () => {
    const { run: first } = await pack('/logs');
    const left = Object.entries(first.files)
      .filter(([, { isFolder }]) => !isFolder)
      .map(([path, { content }]) => [path, { content, daysOld: path.endsWith('.gz') ? 30.5 : 0 }]);
    const second = await runScript(packLogs, { args: ['/logs'], files: Object.fromEntries(left) });
    const call = told('second pack-logs.sh', second);
    expectFiles(second, tree(first), call);
    expect(second.status, call).toBe(0);
  });

  test.each([
    ['an unknown option', ['-x', '/logs']],
    ['an option without its value', ['-d']],
    ['a number of days that is none', ['-d', 'week', '/logs']],
    ['a negative number of days', ['-d', '-3', '/logs']],
    ['a broken number of days', ['-d', '1.5', '/logs']],
    ['a missing folder', ['/lgos']],
    ['a file', ['/logs/app.log']],
    ['no folder', ['-n']],
    ['two folders', ['/logs', '/logs/shop']],
  ])('calls %s wrong usage', async (_, args) => {
    await expectWrongUsage('pack-logs.sh', packLogs, args, files);
  });
});
