import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { BuildError, folder, match, remove, set, userId, within, write } from './docker-files';
import type { Entry, Files } from './docker-files';
import { homeOf, runCommand } from './docker-run';
import type { NpmInstall, Package, Shell } from './docker-run';
import {
  commands,
  declare,
  execForm,
  expand,
  readDockerfile,
  readPairs,
  unquote,
} from './dockerfile';
import type { Dockerfile, Instruction, Variables } from './dockerfile';

/*
 * A small model of BuildKit: stages, layers, cache keys, ownership, mounts and build arguments behave
 * as they do there. What the commands of a RUN do is in ./docker-run.
 */

/** An image that the builder can pull. */
export interface BaseImage {
  /** `name:tag`. */
  readonly ref: string;
  /** `sha256:...` */
  readonly digest: string;
  readonly libc: 'glibc' | 'musl';
  readonly programs: readonly string[];
}

/** All that a build depends on. */
export interface BuildInput {
  readonly dockerfile: string;
  /** The build context: path -> content, already without what .dockerignore keeps out. */
  readonly context: Readonly<Record<string, string>>;
  readonly images: readonly BaseImage[];
  readonly packages: readonly Package[];
  readonly args?: Readonly<Record<string, string>>;
  /** Build secrets: id -> content. */
  readonly secrets?: Readonly<Record<string, string>>;
}

/** What one step added or changed. A file that a later step deletes stays in its layer. */
export interface Layer {
  /** Line of the instruction; 0 is the base image. */
  readonly line: number;
  readonly files: ReadonlyMap<string, Entry>;
}

/** A COPY, ADD, RUN or WORKDIR that was executed. */
export interface BuildStep {
  readonly line: number;
  /** Two builds in which a step has the same key take its result from the cache. */
  readonly key: string;
  /** The simple commands of a RUN. */
  readonly commands: readonly (readonly string[])[];
}

export interface ImageConfig {
  readonly user: string;
  readonly workdir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly entrypoint: Launch | undefined;
  readonly cmd: Launch | undefined;
  readonly healthcheck: Launch | undefined;
  readonly exposed: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/** A command to start: `exec` form as it is, shell form as its text. */
export interface Launch {
  readonly exec: readonly string[] | undefined;
  readonly text: string;
}

/** The image of the last stage, and how it came about. */
export interface Image {
  readonly files: ReadonlyMap<string, Entry>;
  readonly layers: readonly Layer[];
  readonly config: ImageConfig;
  /** Of all stages that the last one needs. */
  readonly steps: readonly BuildStep[];
  readonly installs: readonly NpmInstall[];
}

/** Builds the last stage, and of the others those that it needs. @throws {BuildError} */
export function buildImage(input: BuildInput): Image {
  const build = new Build(input);
  const { files, layers, config } = build.stage(build.stages.length - 1);
  return { files, layers, config, steps: build.steps, installs: build.installs };
}

/** An image while it is made. */
interface Draft {
  readonly files: Files;
  readonly layers: Layer[];
  config: ImageConfig;
  /** Build arguments in scope. */
  readonly args: Variables;
  /** Hash of everything that the files depend on. */
  key: string;
}

class Build {
  readonly stages: Dockerfile['stages'];
  readonly steps: BuildStep[] = [];
  readonly installs: NpmInstall[] = [];
  readonly #input: BuildInput;
  readonly #globals: Variables;
  readonly #context: Files = new Map();
  readonly #built = new Map<number, Draft | 'in progress'>();

  constructor(input: BuildInput) {
    this.#input = input;
    const { stages, globals } = readDockerfile(input.dockerfile, input.args);
    if (stages.length === 0) throw new BuildError('Dockerfile: no FROM');
    this.stages = stages;
    this.#globals = globals;
    folder(this.#context, '/', '0');
    for (const [path, content] of Object.entries(input.context))
      write(this.#context, `/${path}`, content, '0');
  }

  stage(index: number): Draft {
    const known = this.#built.get(index);
    if (known === 'in progress') throw new BuildError('Dockerfile: a stage needs itself');
    if (known) return known;
    this.#built.set(index, 'in progress');
    const stage = this.stages[index];
    if (!stage) throw new BuildError(`Dockerfile: there is no stage ${index}`);
    const parent = this.#origin(stage.from, stage.line);
    const draft: Draft = {
      files: new Map(parent.files),
      layers: [...parent.layers],
      config: parent.config,
      args: {},
      key: parent.key,
    };
    let hasCmd = false;
    for (const instruction of stage.instructions) {
      this.#apply(instruction, draft);
      hasCmd ||= instruction.keyword === 'CMD';
      // An own entry point drops the command of the base image.
      if (instruction.keyword === 'ENTRYPOINT' && !hasCmd)
        draft.config = { ...draft.config, cmd: undefined };
    }
    this.#built.set(index, draft);
    return draft;
  }

  /** A stage, by name or position, or an image. */
  #origin(from: string, line: number): Draft {
    const index = this.stages.findLastIndex(
      (stage, at) =>
        stage.line < line && (stage.name === from.toLowerCase() || String(at) === from),
    );
    return index < 0 ? pull(this.#input.images, from, line) : this.stage(index);
  }

  #source(from: string | undefined, line: number): Files {
    return from === undefined ? this.#context : this.#origin(from, line).files;
  }

  #apply(instruction: Instruction, draft: Draft): void {
    const { keyword, exec } = instruction;
    const scope = { ...draft.args, ...draft.config.env };
    const text = expand(instruction.text, scope);
    const pairs = (): Record<string, string> =>
      Object.fromEntries(
        readPairs(instruction.text).map(([name, value]) => [
          expand(name, scope),
          expand(value, scope),
        ]),
      );
    const configure = (change: Partial<ImageConfig>) => {
      draft.config = { ...draft.config, ...change };
    };
    switch (keyword) {
      case 'ARG':
        return declare(instruction.text, draft.args, this.#input.args, this.#globals);
      case 'ENV':
        return configure({ env: { ...draft.config.env, ...pairs() } });
      case 'LABEL':
        return configure({ labels: { ...draft.config.labels, ...pairs() } });
      case 'USER':
        return configure({ user: unquote(text) });
      case 'EXPOSE':
        return configure({ exposed: [...draft.config.exposed, ...text.split(/\s+/)] });
      case 'CMD':
        return configure({ cmd: { exec, text } });
      case 'ENTRYPOINT':
        return configure({ entrypoint: { exec, text } });
      case 'HEALTHCHECK': {
        const command = text.replace(/^CMD\s+/i, '');
        const none = /^NONE$/i.test(command);
        return configure({
          healthcheck: none ? undefined : { exec: execForm(command), text: command },
        });
      }
      case 'WORKDIR': {
        const workdir = posix.resolve(draft.config.workdir, unquote(text));
        configure({ workdir });
        return this.#step(instruction, draft, text, () =>
          folder(draft.files, workdir, userId(draft.files, draft.config.user)),
        );
      }
      case 'VOLUME':
        return this.#step(instruction, draft, text, () => {
          for (const path of exec ?? text.split(/\s+/)) folder(draft.files, path, '0');
        });
      case 'COPY':
      case 'ADD':
        return this.#step(instruction, draft, text, () => this.#copy(instruction, draft, scope));
      case 'RUN': {
        const mounts = this.#mounts(instruction, scope, draft.config.workdir);
        const { user, workdir } = draft.config;
        const bound = mounts.map(({ content }) => content && [...content]);
        return this.#step(instruction, draft, [text, scope, user, workdir, bound], () =>
          this.#run(instruction, draft, scope, mounts),
        );
      }
    }
  }

  /** `cause`: what the result depends on besides the files so far, the flags, and what is copied. */
  #step(instruction: Instruction, draft: Draft, cause: unknown, work: () => void): void {
    const { keyword, line, flags } = instruction;
    const before = new Map(draft.files);
    try {
      work();
    } catch (error) {
      if (error instanceof BuildError && !error.message.startsWith('Dockerfile'))
        throw new BuildError(`Dockerfile line ${line}: ${error.message}`);
      throw error;
    }
    const changed = [...draft.files].filter(([path, entry]) => before.get(path) !== entry);
    const copied = keyword === 'RUN' ? [] : changed;
    draft.key = hash([draft.key, keyword, flags, cause, copied]);
    draft.layers.push({ line, files: new Map(changed) });
    const run = keyword === 'RUN' ? commands(instruction).map(({ words }) => words) : [];
    this.steps.push({ line, key: draft.key, commands: run });
  }

  #copy(instruction: Instruction, draft: Draft, scope: Variables): void {
    const options = new Map(
      instruction.flags.map(({ name, value }) => [name, expand(value, scope)]),
    );
    for (const name of options.keys())
      if (!['from', 'chown', 'chmod', 'link'].includes(name))
        throw new BuildError(`this model of the builder does not know --${name}`);
    const from = options.get('from');
    const chown = options.get('chown');
    // What comes from another stage keeps its owner, what comes from the context belongs to root.
    const owner =
      chown !== undefined ? userId(draft.files, chown) : from === undefined ? '0' : undefined;
    const words = instruction.exec ?? instruction.text.split(/\s+/);
    const paths = words.map((word) => expand(unquote(word), scope));
    const target = paths.pop() ?? '';
    copy(draft, this.#source(from, instruction.line), paths, target, owner);
  }

  #mounts({ flags, line }: Instruction, scope: Variables, workdir: string): Mount[] {
    return flags.flatMap(({ name, value }): Mount[] => {
      if (name !== 'mount') return [];
      const option = new Map(
        expand(value, scope)
          .split(',')
          .map((part) => [part.replace(/=.*/s, ''), part.replace(/^[^=]*=?/s, '')]),
      );
      const type = option.get('type') ?? 'bind';
      const given = option.get('target') ?? option.get('dst') ?? option.get('destination');
      const id = option.get('id') ?? posix.basename(given ?? '');
      const target = posix.resolve(workdir, given ?? `/run/secrets/${id}`);
      if (type === 'secret') {
        const secret = this.#input.secrets?.[id];
        if (secret === undefined || (!given && option.has('env'))) return [];
        return [{ type, target, content: undefined, secret }];
      }
      if (type !== 'bind') return [{ type, target, content: undefined, secret: undefined }];
      const source = this.#source(option.get('from'), line);
      const root = posix.resolve('/', option.get('source') ?? option.get('src') ?? '');
      if (!source.has(root)) throw new BuildError(`Dockerfile line ${line}: ${root} not found`);
      const content = new Map<string, Entry>();
      for (const [path, entry] of source)
        if (within(path, root)) content.set(posix.join(target, path.slice(root.length)), entry);
      return [{ type, target, content, secret: undefined }];
    });
  }

  #run(instruction: Instruction, draft: Draft, scope: Variables, mounts: readonly Mount[]): void {
    const { files, config } = draft;
    const covered = mounts.map(({ type, target, content, secret }) => {
      const entries = [...files].filter(([path]) => within(path, target));
      remove(files, target);
      if (secret !== undefined) write(files, target, secret, '0');
      else if (content) for (const [path, entry] of content) set(files, path, entry);
      else folder(files, target, '0');
      return { type, target, entries };
    });
    const shell: Shell = {
      files,
      packages: this.#input.packages,
      cwd: config.workdir,
      env: { ...scope },
      user: config.user,
      line: instruction.line,
      cacheMounts: covered.filter(({ type }) => type === 'cache').map(({ target }) => target),
      installs: this.installs,
    };
    const env = { HOME: homeOf(config.user, files), ...scope };
    for (const command of commands(instruction, env)) runCommand(command, shell);
    for (const { target, entries } of covered.reverse()) {
      remove(files, target);
      for (const [path, entry] of entries) files.set(path, entry);
    }
  }
}

/** What lies over the files of an image during one RUN. */
interface Mount {
  readonly type: string;
  readonly target: string;
  /** Of a bind mount. */
  readonly content: Files | undefined;
  readonly secret: string | undefined;
}

function pull(images: readonly BaseImage[], reference: string, line: number): Draft {
  const [name, digest] = reference.replace(/^(docker\.io\/)?(library\/)?/, '').split('@');
  const image = images.find((known) => (digest ? known.digest === digest : known.ref === name));
  if (!image) throw new BuildError(`Dockerfile line ${line}: no image or stage ${reference}`);
  const files: Files = new Map();
  for (const path of ['/tmp', '/root', '/usr/bin']) folder(files, path, '0');
  folder(files, '/home/node', '1000');
  write(files, '/lib/libc.so', image.libc, '0');
  write(files, '/etc/passwd', 'root:0 node:1000', '0');
  for (const program of image.programs)
    write(
      files,
      `/usr/${/^n(ode|pm|px)$/.test(program) ? 'local/' : ''}bin/${program}`,
      program,
      '0',
    );
  return {
    files,
    layers: [{ line: 0, files: new Map(files) }],
    config: {
      user: 'root',
      workdir: '/',
      env: {},
      entrypoint: { exec: ['docker-entrypoint.sh'], text: '["docker-entrypoint.sh"]' },
      cmd: { exec: ['node'], text: '["node"]' },
      healthcheck: undefined,
      exposed: [],
      labels: {},
    },
    args: {},
    key: image.digest,
  };
}

function copy(
  { files, config }: Draft,
  source: ReadonlyMap<string, Entry>,
  patterns: readonly string[],
  target: string,
  owner: string | undefined,
): void {
  const root = posix.resolve(config.workdir, target);
  const into = /(^|\/)\.{0,2}$/.test(target) || patterns.length > 1 || files.get(root)?.folder;
  for (const pattern of patterns) {
    const found = match(source, posix.resolve('/', pattern));
    if (found.length === 0) throw new BuildError(`COPY ${pattern}: not found`);
    for (const path of found) {
      const isFolder = source.get(path)?.folder ?? false;
      const base = into && !isFolder ? posix.join(root, posix.basename(path)) : root;
      if (isFolder) folder(files, base, owner ?? '0');
      for (const [inner, entry] of source)
        if (within(inner, path) && !(isFolder && inner === path)) {
          const place = posix.join(base, inner.slice(path.length));
          set(files, place, { ...entry, owner: owner ?? entry.owner }, owner ?? '0');
        }
    }
  }
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}
