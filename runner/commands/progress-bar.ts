const WIDTH = 24;

/** One line at the bottom of a terminal that says how far a long work is. */
export interface ProgressBar {
  /** @param share in [0, 1]. */
  tell(what: string, share: number): void;
  /** Wipes the line. */
  end(): void;
}

/** Draws on standard error; says nothing where that is no terminal. */
export function progressBar(stream: NodeJS.WriteStream = process.stderr): ProgressBar {
  if (!stream.isTTY) return { tell: () => undefined, end: () => undefined };
  return {
    tell(what, share) {
      const done = Math.round(Math.min(1, Math.max(0, share)) * WIDTH);
      const bar = `[${'#'.repeat(done)}${'.'.repeat(WIDTH - done)}] ${Math.floor(share * 100)} %`;
      const line = `${bar}  ${what}`.slice(0, Math.max(0, stream.columns - 1));
      stream.write(`\r${line}\u001b[K`);
    },
    end: () => void stream.write('\r\u001b[K'),
  };
}
