import { endianness } from 'node:os';
import { ALLOWED_FROM_HERE, SYSTEM_CALLS, type SystemCalls } from './system-calls.ts';

// Linux: this process locks itself in before it loads any learner code, with Landlock and a seccomp filter
// that hold against native code as well. It takes no helper program and no privileges; both are for good.

/** What the exercise's topic needs, and the filter leaves open. */
export interface Openings {
  /** Files, as far as node's permissions allow them. */
  readonly files: boolean;
  /** Sockets. */
  readonly network: boolean;
}

interface Foreign {
  dlopen(
    library: string,
    symbols: object,
  ): { readonly functions: { syscall(...args: readonly bigint[]): bigint | number } };
  getRawPointer(buffer: Buffer): bigint;
}

/** A system call by its number; @returns a negative number when it fails. */
export type SystemCall = (number: number, ...args: readonly (number | bigint)[]) => number;

const ANYTHING = 6;

/** Opens the way to the kernel; `--allow-ffi` is needed. */
export function openKernel(): {
  readonly call: SystemCall;
  readonly pointer: Foreign['getRawPointer'];
} {
  const ffi = process.getBuiltinModule('node:ffi') as unknown as Foreign;
  const words = Array<string>(7).fill('uint64');
  // The names of these fields changed in the course of Node 26: one pair is ignored.
  const signature = { arguments: words, return: 'int64', parameters: words, result: 'int64' };
  const { functions } = ffi.dlopen('libc.so.6', { syscall: signature });
  return {
    pointer: (buffer) => ffi.getRawPointer(buffer),
    call: (number, ...args) => {
      const all = [number, ...args, ...Array<number>(ANYTHING).fill(0)].slice(0, 7);
      return Number(functions.syscall(...all.map(BigInt)));
    },
  };
}

/** @throws Error where the kernel does not take part. */
export function enterSandbox({ files, network }: Openings): void {
  const calls = SYSTEM_CALLS[process.arch];
  if (process.platform !== 'linux' || !calls || endianness() !== 'LE')
    throw new Error('this system has no such sandbox');
  const { call, pointer } = openKernel();
  const must = (what: string, result: number): number => {
    if (result < 0) throw new Error(`the kernel refuses ${what}`);
    return result;
  };
  const NO_NEW_PRIVILEGES = 38;
  must('to give up privileges', call(calls.one.prctl, NO_NEW_PRIVILEGES, 1));
  if (!files && !network) landlock(call, pointer, must);
  const program = filter(calls, { files, network });
  const header = Buffer.alloc(16);
  header.writeUInt16LE(program.length / 8, 0);
  header.writeBigUInt64LE(pointer(program), 8);
  const [SET_FILTER, ALL_THREADS] = [1, 1];
  must('a filter', call(calls.one.seccomp, SET_FILTER, ALL_THREADS, pointer(header)));
}

const LANDLOCK_CREATE = 444;
const LANDLOCK_RESTRICT = 446;

/** No file by its path, no TCP, no signals and abstract sockets to the outside: as far as the kernel's version goes. */
function landlock(
  call: SystemCall,
  pointer: Foreign['getRawPointer'],
  must: (what: string, result: number) => number,
): void {
  const ASK_VERSION = 1;
  const version = call(LANDLOCK_CREATE, 0, 0, ASK_VERSION);
  // The filter below refuses the same and more; Landlock is a second lock where there is one.
  if (version < 1) return;
  const rules = Buffer.alloc(24);
  const FILES = version >= 5 ? 0xffffn : version >= 3 ? 0x7fffn : version >= 2 ? 0x3fffn : 0x1fffn;
  rules.writeBigUInt64LE(FILES, 0);
  if (version >= 4) rules.writeBigUInt64LE(3n, 8);
  if (version >= 6) rules.writeBigUInt64LE(3n, 16);
  const size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
  const ruleset = must('Landlock', call(LANDLOCK_CREATE, pointer(rules), size, 0));
  must('Landlock', call(LANDLOCK_RESTRICT, ruleset, 0));
}

// Classic BPF, as seccomp takes it.
const LOAD = 0x20;
const EQUAL = 0x15;
const ANY_BIT = 0x45;
const AT_LEAST = 0x35;
const RETURN = 0x06;
const NUMBER_AT = 0;
const MACHINE_AT = 4;
const argumentAt = (index: number): number => 16 + index * 8;
const ALLOW = 0x7fff0000;
const KILL = 0x80000000;
const refuse = (errno: number): number => 0x50000 | errno;
const [EPERM, EACCES, ENOSYS] = [1, 13, 38];
const X32 = 0x40000000;
const NEW_THREAD = 0x10000;
const EMPTY_PATH = 0x1000;

function filter(calls: SystemCalls, { files, network }: Openings): Buffer {
  const program: (readonly [code: number, yes: number, no: number, value: number])[] = [];
  const load = (at: number): number => program.push([LOAD, 0, 0, at]);
  const finish = (verdict: number): number => program.push([RETURN, 0, 0, verdict]);
  /** Refuses a call by its number. */
  const deny = (number: number, errno: number): void => {
    program.push([EQUAL, 0, 1, number]);
    finish(refuse(errno));
  };
  /** Allows a call only when a test of one of its arguments holds. */
  const restrict = (
    number: number,
    argument: number,
    code: number,
    value: number,
    errno: number,
  ): void => {
    program.push([EQUAL, 0, 4, number]);
    load(argumentAt(argument));
    program.push([code, 1, 0, value]);
    finish(refuse(errno));
    finish(ALLOW);
  };

  load(MACHINE_AT);
  program.push([EQUAL, 1, 0, calls.machine]);
  finish(KILL);
  load(NUMBER_AT);
  if (process.arch === 'x64') {
    program.push([AT_LEAST, 0, 1, X32]);
    finish(refuse(ENOSYS));
  }
  deny(calls.one.clone3, ENOSYS);
  for (const [name, number] of Object.entries(calls.one)) {
    if (ALLOWED_FROM_HERE.includes(name) || (network && calls.network.includes(name))) continue;
    if (!files || !calls.files.includes(name)) deny(number, EPERM);
  }
  if (!files) {
    for (const number of [...calls.open, ...calls.stat]) deny(number, EACCES);
    for (const [number, flags] of calls.statByDescriptor)
      restrict(number, flags, ANY_BIT, EMPTY_PATH, EACCES);
  }
  for (const number of [calls.one.kill, calls.one.tgkill])
    restrict(number, 0, EQUAL, process.pid, EPERM);
  restrict(calls.one.clone, 0, ANY_BIT, NEW_THREAD, EPERM);
  finish(ALLOW);

  const buffer = Buffer.alloc(program.length * 8);
  program.forEach(([code, yes, no, value], index) => {
    buffer.writeUInt16LE(code, index * 8);
    buffer.writeUInt8(yes, index * 8 + 2);
    buffer.writeUInt8(no, index * 8 + 3);
    buffer.writeUInt32LE(value >>> 0, index * 8 + 4);
  });
  return buffer;
}
