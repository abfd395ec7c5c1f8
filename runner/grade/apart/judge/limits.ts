/** Bounds for what a learner process may send; an honest kata stays far below them. */
export const LIMITS = {
  /** Milliseconds that one call may take. */
  call: 6_000,
  /** Bytes of one frame. */
  frame: 8 * 1024 * 1024,
  /** Bytes of all frames of a grading. */
  total: 256 * 1024 * 1024,
  /** Nested values. */
  depth: 100,
  /** Values in one frame. */
  nodes: 250_000,
  /** Callbacks of a grading. */
  callbacks: 200_000,
  /** Names of methods or properties of one object. */
  names: 300,
  /** Characters of an error's message. */
  message: 20_000,
} as const;
