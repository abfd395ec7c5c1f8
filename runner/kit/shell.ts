import { Bash } from 'just-bash';
import type { CommandName } from 'just-bash';
import { gunzipSync } from 'node:zlib';
import { additions } from './shell-commands';
import { repaired } from './shell-repair';

/*
 * Runs shell scripts in just-bash: a bash, its everyday commands, and a file system, all simulated, so
 * that a script needs no Unix and touches nothing outside. Where just-bash differs from the real
 * commands in what careful scripts use, ./shell-repair and ./shell-commands make up for it.
 */

/** A file before the script runs; a plain string is its content, with mode 644. */
export type Given = string | { content: string; mode?: number; daysOld?: number };

export interface ShellOptions {
  readonly args?: readonly string[];
  /** Path -> file; a path that ends in `/` is a folder. */
  readonly files?: Readonly<Record<string, Given>>;
  /** Modes of folders; others have 755. */
  readonly folders?: Readonly<Record<string, number>>;
  readonly cwd?: string;
  readonly stdin?: string;
}

/** A file or folder after the script ran. */
export interface Found {
  readonly isFolder: boolean;
  /** In octal digits, such as `644`. */
  readonly mode: string;
  /** Of a gzip file, what it unpacks to. */
  readonly content: string;
  readonly isPacked: boolean;
}

export interface ShellRun {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  /** All files and folders, by path, but for the system's own and those in /tmp. */
  readonly files: Readonly<Record<string, Found>>;
  /** Paths that came, went, or have another content or mode than before. */
  readonly changes: readonly string[];
}

/** Runs a script as `bash script args` would. Never throws for what the script does. */
export async function runScript(script: string, options: ShellOptions = {}): Promise<ShellRun> {
  const { args = [], files = {}, folders = {}, cwd = '/work', stdin = '' } = options;
  const now = Date.now();
  const initial = Object.entries(files)
    .filter(([path]) => !path.endsWith('/'))
    .map(([path, given]) => {
      const {
        content,
        mode = 0o644,
        daysOld = 0,
      } = typeof given === 'string' ? { content: given } : given;
      return [path, { content, mode, mtime: new Date(now - daysOld * 86_400_000) }] as const;
    });
  const bash = new Bash({
    files: Object.fromEntries(initial),
    cwd,
    commands,
    customCommands: additions,
    // The script is the learner's own, and reaches nothing but the simulated files.
    defenseInDepth: false,
    executionLimits: { maxCommandCount: 10_000 },
  });
  const made = [cwd, ...Object.keys(files).filter((path) => path.endsWith('/'))];
  for (const path of made) await bash.fs.mkdir(path.replace(/\/$/, ''), { recursive: true });
  for (const [path, mode] of Object.entries(folders)) await bash.fs.chmod(path, mode);
  const before = await look(bash);
  const positional = args.map((word) => ` '${word.replaceAll("'", `'\\''`)}'`).join('');
  const text = `set --${positional}; ${repaired(script)}`;
  const { stdout, stderr, exitCode } = await bash.exec(text, { rawScript: true, stdin });
  const after = await look(bash);
  const changes = Object.keys({ ...before, ...after }).filter(
    (path) => JSON.stringify(before[path]) !== JSON.stringify(after[path]),
  );
  return { status: exitCode, stdout, stderr, files: after, changes };
}

/** The everyday ones: each that is registered costs time in every run. */
const commands: CommandName[] = [
  ...([
    'awk',
    'base64',
    'basename',
    'bash',
    'cat',
    'chmod',
    'column',
    'comm',
    'cp',
    'cut',
  ] as const),
  ...(['date', 'diff', 'dirname', 'du', 'echo', 'env', 'expand', 'expr', 'false', 'find'] as const),
  ...(['fold', 'grep', 'egrep', 'fgrep', 'gunzip', 'gzip', 'head', 'join', 'jq', 'ln'] as const),
  ...(['ls', 'md5sum', 'mkdir', 'mv', 'nl', 'od', 'paste', 'printenv', 'printf', 'pwd'] as const),
  ...(['readlink', 'rev', 'rm', 'rmdir', 'sed', 'seq', 'sh', 'sha1sum', 'sha256sum'] as const),
  ...(['sleep', 'sort', 'split', 'stat', 'tac', 'tail', 'tar', 'tee', 'time', 'timeout'] as const),
  ...(['touch', 'tr', 'true', 'uniq', 'wc', 'which', 'whoami', 'xargs', 'zcat'] as const),
];

const system = /^\/(bin|dev|etc|home|lib|proc|tmp|usr)(\/|$)/;

async function look({ fs }: Bash): Promise<Record<string, Found>> {
  const found: Record<string, Found> = {};
  for (const path of fs.getAllPaths().toSorted()) {
    if (path === '/' || system.test(path)) continue;
    const { isDirectory, mode } = await fs.stat(path);
    const bytes = isDirectory ? new Uint8Array() : await fs.readFileBuffer(path);
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
    found[path] = {
      isFolder: isDirectory,
      mode: (mode & 0o7777).toString(8),
      content: Buffer.from(isPacked ? gunzipSync(bytes) : bytes).toString(),
      isPacked,
    };
  }
  return found;
}
