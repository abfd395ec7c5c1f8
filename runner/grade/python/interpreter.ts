import { constants } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadPyodide, version, type PyodideAPI, type PyodideConfig } from 'pyodide';

/** Where the package lies. */
const PACKAGE = dirname(createRequire(import.meta.url).resolve('pyodide/package.json'));

/** The WebAssembly code of the interpreter. */
export const WASM = join(PACKAGE, 'pyodide.asm.wasm');

/** What a memory snapshot depends on, besides our own Python. */
export const RUNTIME = `${version} ${process.version} ${process.platform} ${process.arch}`;

/** Bytes that Python's objects may take. */
const MEMORY_LIMIT = 512 * 2 ** 20;
/** Bytes that may be written to the interpreter's own disk, which lies in memory. */
const DISK_LIMIT = 64 * 2 ** 20;
const PAGE = 65_536;
/** Bytes; the interpreter has more than ten million. */
const SMALL_MODULE = 1_000_000;
const NO_SPACE = 51;
const NOT_PERMITTED = -63;
const UNREACHABLE = -101;
const SOCKET_CALLS =
  /^__syscall_(?:socket|connect|bind|listen|accept4|sendto|recvfrom|sendmsg|recvmsg|getsockname|getpeername)$/;

type Imports = Record<string, Record<string, (...args: number[]) => number>>;
type Create = NonNullable<PyodideConfig['createPyodideModule']>;
interface Memory {
  readonly HEAP8: Int8Array;
  growMemory(size: number): void;
}
/** The interpreter's own disk, which lies in memory. */
interface Disk {
  readonly ErrnoError: new (code: number) => Error;
  readonly mkdirTree: (path: string) => void;
  readonly writeFile: (path: string, bytes: Uint8Array) => void;
  write: (
    stream: { readonly node?: { readonly mode: number } },
    buffer: unknown,
    offset: number,
    length: number,
    ...rest: unknown[]
  ) => number;
  truncate: (path: unknown, length: number) => void;
  ftruncate: (descriptor: unknown, length: number) => void;
}

export interface InterpreterOptions {
  /** Compiled once, and shared by all threads. */
  readonly module: WebAssembly.Module;
  /** The memory to begin with; without it, one that can be made a snapshot of. */
  readonly snapshot?: Uint8Array;
}

/**
 * Starts CPython with its ways out closed: no JavaScript, no processes, no sockets, bounded memory and disk.
 * It uses two options of pyodide that are not public, hence the package's exact version.
 */
export async function startInterpreter({
  module,
  snapshot,
}: InterpreterOptions): Promise<PyodideAPI> {
  // emscripten asks for this when it starts, which node's permission model refuses.
  Object.assign(process, { binding: () => ({ fs: constants }) });
  const { default: create } = (await import(
    pathToFileURL(join(PACKAGE, 'pyodide.asm.mjs')).href
  )) as { default: Create };
  const options = {
    indexURL: PACKAGE,
    env: { HOME: '/home/kata', PYTHONHASHSEED: '0' },
    stdin: () => null,
    stdout: () => undefined,
    stderr: () => undefined,
    createPyodideModule: (async (settings) => {
      const { instantiateWasm } = settings;
      const confined: typeof instantiateWasm = (imports, receive) => {
        confine(imports);
        instantiateWasm?.(imports, receive);
        return {};
      };
      const runtime = await create(Object.assign(settings, { instantiateWasm: confined }));
      // A snapshot larger than the first heap does not fit in: pyodide#6254.
      const memory = runtime as unknown as Memory;
      const missing = (snapshot?.length ?? 0) - memory.HEAP8.length;
      if (missing > 0) memory.growMemory(memory.HEAP8.length + Math.ceil(missing / PAGE) * PAGE);
      return runtime;
    }) satisfies Create,
    ...(snapshot
      ? { _loadSnapshot: snapshot, jsglobals: Object.create(null) as object }
      : { _makeSnapshot: true }),
  };
  const restore = shareModule(module);
  const python = await loadPyodide(options).finally(restore);
  limitDisk(diskOf(python));
  return python;
}

/**
 * Has pyodide, which compiles what it reads, take the module that is there already.
 *
 * @returns what undoes it.
 */
function shareModule(module: WebAssembly.Module): () => void {
  const original = WebAssembly.instantiate;
  const shared = async (
    bytes: Uint8Array,
    imports?: WebAssembly.Imports,
  ): Promise<WebAssembly.Instantiated> =>
    // It also instantiates small modules of its own.
    bytes.byteLength > SMALL_MODULE
      ? { module, instance: await original(module, imports) }
      : original(bytes, imports);
  Object.assign(WebAssembly, { instantiate: shared });
  return () => void Object.assign(WebAssembly, { instantiate: original });
}

function confine({ env = {} }: Imports): void {
  const grow = env.emscripten_resize_heap;
  env.emscripten_resize_heap = (size = 0) => (size >>> 0 > MEMORY_LIMIT ? 0 : (grow?.(size) ?? 0));
  for (const name of Object.keys(env)) {
    if (/^_{0,2}(?:emscripten_)?system$/.test(name)) env[name] = () => NOT_PERMITTED;
    if (SOCKET_CALLS.test(name)) env[name] = () => UNREACHABLE;
  }
}

/** Its types are those of a package that is not ours. */
export function diskOf(python: PyodideAPI): Disk {
  return python.FS as Disk;
}

function limitDisk(disk: Disk): void {
  const { write, truncate, ftruncate } = disk;
  let written = 0;
  const demand = (bytes: number): void => {
    if (bytes > DISK_LIMIT) throw new disk.ErrnoError(NO_SPACE);
  };
  disk.write = (stream, buffer, offset, length, ...rest) => {
    const isFile = ((stream.node?.mode ?? 0) & constants.S_IFMT) === constants.S_IFREG;
    if (isFile) demand((written += length));
    return write(stream, buffer, offset, length, ...rest);
  };
  disk.truncate = (path, length) => {
    demand(length);
    truncate(path, length);
  };
  disk.ftruncate = (descriptor, length) => {
    demand(length);
    ftruncate(descriptor, length);
  };
}
