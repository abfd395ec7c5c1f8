#!/usr/bin/env node
// The way in, for any node that can start npm: installs what is missing, then goes on with the pinned
// node. Plain JavaScript of its own, since nothing is installed yet when it runs for the first time.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import module from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const modules = join(root, 'node_modules');
const cache = join(modules, '.cache', 'backend-dojo');
const stamp = join(cache, 'installed');
const pinned = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** What the lock file asks for, on this kind of machine. */
function wanted() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform}-${process.arch}`;
}

function isInstalled() {
  if (!existsSync(pinned)) return false;
  if (existsSync(stamp)) return readFileSync(stamp, 'utf8') === wanted();
  // Somebody ran npm by hand: its own record is newer than the lock file.
  const record = join(modules, '.package-lock.json');
  return (
    existsSync(record) &&
    statSync(record).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs
  );
}

/** Runs `npm ci`; its output stays hidden unless it fails. */
function install() {
  // npm would empty the folder that it leads to, which somebody else is using.
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink()) {
    process.stderr.write(
      `node_modules is a link, and lacks what package-lock.json asks for. Delete the link, or run \`npm ci\` where it leads.\n`,
    );
    process.exit(2);
  }
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const options = { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] };
  const child =
    npm && /\.[cm]?js$/.test(npm)
      ? spawn(process.execPath, [npm, ...args], options)
      : spawn('npm', args, { ...options, shell: process.platform === 'win32' });
  const started = Date.now();
  const live = process.stderr.isTTY;
  const say = (text) => process.stderr.write(live ? `\r\u001b[K${text}` : `${text}\n`);
  const tell = () =>
    say(`Installing what is missing, once … ${Math.round((Date.now() - started) / 1000)} s`);
  tell();
  const timer = live ? setInterval(tell, 1000) : undefined;
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ failed: true, output: String(error) }));
    child.on('close', (code) => resolve({ failed: code !== 0, output }));
  }).then(({ failed, output: text }) => {
    clearInterval(timer);
    if (failed || !existsSync(pinned)) {
      say(`${explain(text)}\n`);
      process.exit(2);
    }
    say(`Installed in ${Math.round((Date.now() - started) / 1000)} s.\n`);
    mkdirSync(cache, { recursive: true });
    writeFileSync(stamp, wanted());
  });
}

function explain(output) {
  const lines = output.trim().split('\n').slice(-8).join('\n');
  const reason = /ENOSPC/.test(output)
    ? 'The disk is full. Free some space (about 500 MB are needed), then run the same command again.'
    : /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network/i.test(output)
      ? 'The package registry cannot be reached. The first start needs the network; later ones do not. Check the connection (or the proxy), then run the same command again.'
      : /EACCES|EPERM|EROFS/.test(output)
        ? `This folder cannot be written: ${root}. Give yourself the right to, then run the same command again.`
        : 'npm could not install the packages. What it said:';
  return `Setting up failed. ${reason}\n\n${lines}`;
}

/** Goes on in a child process, and ends as it ends. */
function become(command, args) {
  const path = `${join(modules, '.bin')}${delimiter}${process.env.PATH ?? ''}`;
  const child = spawn(command, args, {
    stdio: 'inherit',
    env: { ...process.env, PATH: path },
  });
  // Ctrl-C reaches the child through the terminal. The others may be meant for this process alone:
  // the child decides what they mean.
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`${command} could not be started: ${error.message}\n`);
    process.exit(2);
  });
  child.on('exit', (code, signal) => process.exit(signal ? 130 : (code ?? 2)));
}

if (!isInstalled()) await install();

const [first, ...rest] = process.argv.slice(2);
if (first === 'exec') {
  const [tool = '', ...args] = rest;
  become(pinned, [scriptOf(tool), ...args]);
} else if (process.versions.node.split('.')[0] !== readPinnedMajor()) {
  become(pinned, [fileURLToPath(import.meta.url), ...process.argv.slice(2)]);
} else {
  module.enableCompileCache(join(cache, 'compiled'));
  const { buildApp } = await import('./build.mjs');
  const { main } = await import(pathToFileURL(await buildApp(root, cache)).href);
  await main(process.argv.slice(2));
}

/** The script of an installed command, such as `tsc` of the package `typescript`. */
function scriptOf(tool) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  for (const [folder, { bin }] of Object.entries(packages)) {
    if (folder.lastIndexOf('node_modules/') === 0 && bin?.[tool])
      return join(root, folder, bin[tool]);
  }
  process.stderr.write(`No installed package has a command named "${tool}".\n`);
  process.exit(2);
}

function readPinnedMajor() {
  const { version } = JSON.parse(readFileSync(join(modules, 'node', 'package.json'), 'utf8'));
  return version.split('.')[0];
}
