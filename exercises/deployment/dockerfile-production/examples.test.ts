import { buildImage } from '#kit/docker-build';
import type { BaseImage } from '#kit/docker-build';
import type { Package } from '#kit/docker-run';
import { ignores, readDockerfile } from '#kit/dockerfile';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import dockerignore from './.dockerignore?raw';
import dockerfile from './Dockerfile?raw';
import projectText from '../../../exercises/deployment/dockerfile-production/project.yaml?raw';
import tagsText from './tags.yaml?raw';

const project: {
  needed: string[];
  local: string[];
  packages: Package[];
  images: BaseImage[];
} = parse(projectText);

/** Builds your image; `server` is the content of src/server.ts. */
function build(server = 'first version') {
  const isIgnored = ignores(dockerignore);
  const files = [...project.needed, ...project.local].filter((path) => !isIgnored(path));
  return buildImage({
    dockerfile,
    context: {
      ...Object.fromEntries(files.map((path) => [path, path])),
      'src/server.ts': server,
    },
    images: project.images,
    packages: project.packages,
    secrets: { npmrc: '//npm.studio.example/:_authToken=npm_example' },
  });
}

describe('1. Pin what comes in', () => {
  test('names the image of the first stage by digest', () => {
    expect(readDockerfile(dockerfile).stages[0]?.from).toMatch(/@sha256:[0-9a-f]{64}$/);
  });
});

describe('2. Rebuild only what changed', () => {
  test('installs no packages again when src/server.ts changes', () => {
    const cached = build('first version').steps.map(({ key }) => key);
    const again = build('second version')
      .steps.filter(({ key }) => !cached.includes(key))
      .flatMap(({ commands }) => commands.map((words) => words.slice(0, 2).join(' ')));
    expect(again, 'commands that ran again').not.toContain('npm install');
    expect(again, 'commands that ran again').not.toContain('npm ci');
  });
});

describe('3. Ship only what runs', () => {
  test('ships no compiler', () => {
    const paths = build().layers.flatMap(({ files }) => [...files.keys()]);
    expect(paths).not.toContain('/usr/bin/g++');
  });
});

describe('4. Keep the token out', () => {
  test('lets npm read the token from the secret npmrc', () => {
    const [install] = build().installs;
    expect(install?.npmrc, 'the configuration that npm reads').toContain('npm_example');
  });
});

describe('5. Run as a guest', () => {
  test('runs as a numeric user', () => {
    expect(build().config.user).toMatch(/^\d+/);
  });
});

describe('6. Name the releases', () => {
  test('lets 1.3 point to the security fix', () => {
    expect(parse(tagsText).tags).toMatchObject({ '1.3': '1.3.5' });
  });
});
