import { buildImage } from '#kit/docker-build';
import type { BaseImage, Image, Launch } from '#kit/docker-build';
import { hasProgram, userId } from '#kit/docker-files';
import { isCleanInstall, isInstall } from '#kit/docker-run';
import type { Package } from '#kit/docker-run';
import { commands, ignores, readDockerfile, readPairs } from '#kit/dockerfile';
import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import projectText from '../../../exercises/deployment/dockerfile-production/project.yaml?raw';
import dockerignore from './.dockerignore?raw';
import dockerfile from './Dockerfile?raw';
import tagsText from './tags.yaml?raw';

interface Project {
  needed: string[];
  local: string[];
  packages: Package[];
  images: BaseImage[];
  releases: { version: string; digest: string }[];
}

const project: Project = parse(projectText);
const token = 'npm_4fJq81zT';
const isIgnored = ignores(dockerignore);
const { stages, globals } = readDockerfile(dockerfile);
const instructions = stages.flatMap((stage) => stage.instructions);

const images = new Map<string, Image>();

/** Builds what the learner wrote. `changes`: files of the repository with another content. */
function build(changes: Record<string, string> = {}, args: Record<string, string> = {}): Image {
  const key = JSON.stringify([changes, args]);
  const known = images.get(key);
  if (known) return known;
  const files = [...project.needed, ...project.local].filter((path) => !isIgnored(path));
  const image = buildImage({
    dockerfile,
    context: Object.fromEntries(
      files.map((path) => [path, changes[path] ?? (path === '.npmrc' ? token : `${path} v1`)]),
    ),
    images: project.images,
    packages: project.packages,
    secrets: { npmrc: `//npm.studio.example/:_authToken=${token}` },
    args: { NPM_TOKEN: token, REVISION: '1111111', ...args },
  });
  images.set(key, image);
  return image;
}

/** The commands that `next` could not take from the cache that `first` left. */
function rerun(first: Image, next: Image) {
  const cached = new Set(first.steps.map(({ key }) => key));
  return next.steps
    .filter(({ key }) => !cached.has(key))
    .flatMap((step) => step.commands.map((words) => ({ line: step.line, words })));
}

function verb([program = '', ...args]: readonly string[]): string {
  return `${posix.basename(program)} ${args.find((arg) => !arg.startsWith('-')) ?? ''}`.trim();
}

function installs(words: readonly string[]): boolean {
  const [program, name = ''] = verb(words).split(' ');
  if (program === 'npm') return isInstall(name) || isCleanInstall(name);
  return /^(apt|apt-get|apk)$/.test(program ?? '') && /^(install|add)$/.test(name);
}

function show({ line, words }: { line: number; words: readonly string[] }): string {
  return `line ${line}: ${words.join(' ')}`;
}

/** What the layers of the image hold, whether or not a later layer deletes it. */
function shipped(image: Image): { path: string; content: string; line: number }[] {
  return image.layers.flatMap(({ line, files }) =>
    [...files]
      .filter(([, entry]) => !entry.folder)
      .map(([path, { content }]) => ({ path, content, line })),
  );
}

function places(files: ReturnType<typeof shipped>): string[] {
  return files.map(({ path, line }) =>
    line === 0 ? `${path} in the base image` : `${path} in the layer of line ${line}`,
  );
}

/** One line names what was found, so that the learner need not unfold a difference. */
function none(found: readonly string[], what: string): void {
  expect(found, `${what}: ${found.join(', ')}`).toEqual([]);
}

describe('1. Pin what comes in', () => {
  test('names every image by a digest of project.yaml', () => {
    const names = new Set(stages.flatMap(({ name }, index) => [name, String(index)]));
    const copied = instructions.flatMap(({ line, flags }) =>
      flags
        .map(({ name, value }) =>
          name === 'from'
            ? value
            : name === 'mount'
              ? /\bfrom=([^,]+)/.exec(value)?.[1]
              : undefined,
        )
        .flatMap((from) => (from === undefined ? [] : [{ line, from }])),
    );
    const digests = project.images.map(({ digest }) => digest);
    const unpinned = [...stages, ...copied]
      .filter(({ from }) => !names.has(from.toLowerCase()))
      .filter(({ from }) => !digests.includes(from.split('@')[1] ?? ''))
      .map(({ line, from }) => `line ${line}: ${from}`);
    none(unpinned, 'images without a digest of project.yaml');
  });

  test('installs the packages of the lock file with npm ci and nothing else', () => {
    const found = instructions
      .filter(({ keyword }) => keyword === 'RUN')
      .flatMap((run) => commands(run).map(({ words }) => ({ line: run.line, words })))
      .filter(({ words }) => words[0] === 'npm' && installs(words))
      .filter(({ words }) => !words.some((word) => /^(-g|--global)$/.test(word)));
    const clean = found.filter(({ words }) => isCleanInstall(verb(words).split(' ')[1] ?? ''));
    const other = found.filter((command) => !clean.includes(command));
    none(other.map(show), 'installations that do not keep to the lock file');
    expect(clean.length, 'number of npm ci in the Dockerfile').toBeGreaterThan(0);
  });
});

describe('2. Rebuild only what changed', () => {
  test('sends the builder nothing that project.yaml lists as local', () => {
    const sent = project.local.filter((path) => !isIgnored(path));
    none(sent, 'local files that .dockerignore lets through');
  });

  test('sends the builder everything that project.yaml lists as needed', () => {
    const missing = project.needed.filter((path) => isIgnored(path));
    none(missing, 'needed files that .dockerignore keeps out');
  });

  test.each(['src/server.ts', 'src/thumbnails/resize.ts'])(
    'installs nothing again when %s changes',
    (path) => {
      const again = rerun(build(), build({ [path]: 'v2' })).filter(({ words }) => installs(words));
      none(again.map(show), `installations after a change of ${path}`);
    },
  );

  test('runs every npm ci again when package-lock.json changes', () => {
    const [first, next] = [build(), build({ 'package-lock.json': 'v2' })];
    const isClean = ({ words }: { words: readonly string[] }) =>
      words[0] === 'npm' && isCleanInstall(verb(words).split(' ')[1] ?? '');
    const again = rerun(first, next).filter(isClean).map(show);
    const all = next.steps.flatMap(({ line, commands: list }) =>
      list.map((words) => ({ line, words })),
    );
    expect(again, 'npm ci after a change of package-lock.json').toEqual(
      all.filter(isClean).map(show),
    );
    expect(again.length, 'number of npm ci in the build').toBeGreaterThan(0);
  });

  test('installs and compiles nothing again when REVISION has another value', () => {
    const again = rerun(build(), build({}, { REVISION: '2222222' })).filter(
      ({ words }) => installs(words) || /^(npm run|npm exec|npx tsc|tsc|node)\b/.test(verb(words)),
    );
    none(again.map(show), 'work after another REVISION');
  });
});

describe('3. Ship only what runs', () => {
  test('holds the manifest, the program, and its production packages', () => {
    const { files } = build();
    const wanted = [
      '/app/package.json',
      '/app/dist/server.js',
      '/app/dist/healthcheck.js',
      '/app/dist/thumbnails/resize.js',
      ...project.packages.filter(({ dev }) => !dev).map(({ name }) => `/app/node_modules/${name}`),
    ];
    none(
      wanted.filter((path) => !files.has(path)),
      'missing in the image',
    );
  });

  test('ships the program as npm run build wrote it, not a copy from a laptop', () => {
    expect(build().files.get('/app/dist/server.js')?.content).toBe('compiled src/server.ts v1');
  });

  test('ships native packages that are compiled for the C library of the image', () => {
    const { files } = build();
    const addon = files.get('/app/node_modules/better-sqlite3/build/Release/addon.node');
    expect(addon?.content, 'better-sqlite3 is linked against').toBe(
      files.get('/lib/libc.so')?.content,
    );
  });

  test('holds development packages in no layer', () => {
    const dev = project.packages.filter((pack) => pack.dev).map(({ name }) => name);
    const found = shipped(build()).filter(({ path }) =>
      dev.some((name) => path.endsWith(`/node_modules/${name}/package.json`)),
    );
    none(places(found), 'development packages');
  });

  test('holds sources in no layer', () => {
    const found = shipped(build()).filter(({ path }) => /\.ts$|\/tsconfig\.json$/.test(path));
    none(places(found), 'sources');
  });

  test('holds python3, make, and g++ in no layer', () => {
    const found = shipped(build()).filter(({ path }) => /\/bin\/(python3|make|g\+\+)$/.test(path));
    none(places(found), 'tools of the build');
  });

  test('holds download caches in no layer', () => {
    const found = shipped(build()).filter(({ path }) =>
      /\/_cacache\/|^\/var\/lib\/apt\/lists\/|^\/var\/cache\/apk\//.test(path),
    );
    none(places(found), 'caches');
  });
});

describe('4. Keep the token out', () => {
  test('declares no argument and no variable for a token', () => {
    const names = instructions.flatMap(({ keyword, line, text }) => {
      const found =
        keyword === 'ARG'
          ? text.split(/\s+/).map((word) => word.replace(/=.*/, ''))
          : keyword === 'ENV'
            ? readPairs(text).map(([name]) => name)
            : [];
      return found.map((name) => `line ${line}: ${name}`);
    });
    const secret = [...names, ...Object.keys(globals)].filter((name) =>
      /TOKEN|SECRET|PASSWORD|AUTH/i.test(name),
    );
    none(secret, 'values that docker history or the build record show');
  });

  test('lets every npm ci read the token from the secret npmrc', () => {
    const { installs: found } = build({}, { NPM_TOKEN: '' });
    const blind = found.filter(({ npmrc }) => !npmrc.includes(token));
    none(
      blind.map(({ line }) => `line ${line}`),
      'npm installations that find no token',
    );
    expect(found.length, 'npm installations').toBeGreaterThan(0);
  });

  test('leaves the token in no layer', () => {
    const found = shipped(build()).filter(({ content }) => content.includes(token));
    none(places(found), 'files with the token');
  });

  test('keeps the downloads of every npm ci in a cache mount', () => {
    const { installs: found } = build();
    none(
      found.filter(({ cached }) => !cached).map(({ line }) => `line ${line}`),
      'npm installations without a cache mount for their downloads',
    );
  });
});

/** The words of a command in exec form, without an init in front. */
function started(image: Image, launches: readonly (Launch | undefined)[]): string[] {
  const words = launches.flatMap((launch) => launch?.exec ?? []);
  if (words[0]?.endsWith('docker-entrypoint.sh')) words.shift();
  if (/\b(tini|dumb-init)$/.test(words[0] ?? '') && hasProgram(image.files, words[0] ?? '')) {
    words.shift();
    while (words[0]?.startsWith('-')) words.shift();
  }
  return words;
}

/** What is started, with the script as an absolute path. */
function target([program = '', ...args]: readonly string[], workdir: string, script: string) {
  const found = args.find((arg) => posix.resolve(workdir, arg) === script);
  return {
    program: posix.basename(program),
    script: found === undefined ? args.join(' ') : script,
  };
}

describe('5. Run as a guest', () => {
  test('runs as a numeric user other than 0', () => {
    expect(build().config.user, 'USER').toMatch(/^0*[1-9]\d*(:\w+)?$/);
  });

  test('lets the process own /data', () => {
    const { files, config } = build();
    expect(files.get('/data')?.owner, '/data belongs to user').toBe(userId(files, config.user));
  });

  test('lets the process own nothing of the program', () => {
    const { files, config } = build();
    const owned = [...files]
      .filter(([path]) => path === '/app' || path.startsWith('/app/'))
      .filter(([, { owner }]) => owner === userId(files, config.user))
      .map(([path]) => path);
    none(owned, `files that the process (user ${config.user}) could rewrite`);
  });

  test('starts node itself, in exec form', () => {
    const image = build();
    const launches = [image.config.entrypoint, image.config.cmd];
    const inShell = launches.flatMap((launch) => (launch && !launch.exec ? [launch.text] : []));
    none(inShell, 'in shell form, where /bin/sh receives the signals');
    const words = started(image, launches);
    expect(
      target(words, image.config.workdir, '/app/dist/server.js'),
      `the container runs ${words.join(' ')} in ${image.config.workdir}`,
    ).toEqual({ program: 'node', script: '/app/dist/server.js' });
  });

  test('checks its health with node and dist/healthcheck.js', () => {
    const { config } = build();
    const [command] = config.healthcheck ? commands(config.healthcheck) : [];
    const words = command?.words ?? [];
    expect(
      target(words, config.workdir, '/app/dist/healthcheck.js'),
      `the health check runs ${words.join(' ') || 'nothing'} in ${config.workdir}`,
    ).toEqual({ program: 'node', script: '/app/dist/healthcheck.js' });
  });

  test('exposes port 8080', () => {
    expect(
      build().config.exposed.map((port) => port.replace(/\/tcp$/i, '')),
      'EXPOSE',
    ).toContain('8080');
  });

  test('carries the build argument REVISION as a label', () => {
    const { labels } = build({}, { REVISION: '3f9c2e1' }).config;
    expect(labels, 'labels of a build with REVISION=3f9c2e1').toMatchObject({
      'org.opencontainers.image.revision': '3f9c2e1',
    });
  });
});

describe('6. Name the releases', () => {
  const { tags, deploy }: { tags?: Record<string, unknown>; deploy?: unknown } =
    parse(tagsText) ?? {};

  test('keeps one tag for the full version of every release', () => {
    const full = project.releases.map(({ version }) => version);
    expect(
      full.map((version) => `${version} -> ${tags?.[version]}`),
      'tags of full versions',
    ).toEqual(full.map((version) => `${version} -> ${version}`));
  });

  test('moves the shorter tags and latest to the highest stable version they cover', () => {
    const full = project.releases.map(({ version }) => version);
    const moving = Object.entries(tags ?? {}).filter(([tag]) => !full.includes(tag));
    expect(Object.fromEntries(moving), 'tags that move').toEqual({
      '1.3': '1.3.5',
      '1.4': '1.4.1',
      '1': '1.4.1',
      latest: '1.4.1',
    });
  });

  test('runs the latest stable version by its digest', () => {
    const stable = project.releases.find(({ version }) => version === '1.4.1');
    const [name, digest] = String(deploy).split('@');
    expect(name?.replace(/:[\w.-]+$/, ''), 'repository').toBe('registry.studio.example/thumbnails');
    expect(digest, 'digest of the deployed image').toBe(stable?.digest);
  });
});
