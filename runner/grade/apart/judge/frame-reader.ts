import { LIMITS } from './limits.ts';

/** Cuts a stream of bytes into frames, each behind its length in four bytes, and counts what comes. */
export class FrameReader {
  #rest: Buffer[] = [];
  #length = 0;
  #total = 0;
  /** More has come than any honest program sends; nothing is read from here on. */
  overflow = false;

  /** Takes the next bytes; @returns the frames that are complete with them. */
  read(chunk: Buffer): string[] {
    const frames: string[] = [];
    if (this.overflow) return frames;
    this.#rest.push(chunk);
    this.#length += chunk.length;
    this.#total += chunk.length;
    if (this.#total > LIMITS.total) this.overflow = true;
    while (this.#length >= 4) {
      const [first] = this.#rest;
      const size = (first && first.length >= 4 ? first : this.#joined()).readUInt32BE(0);
      if (size > LIMITS.frame) {
        this.overflow = true;
        return frames;
      }
      if (this.#length < 4 + size) break;
      const joined = this.#joined();
      frames.push(joined.toString('utf8', 4, 4 + size));
      this.#rest = [joined.subarray(4 + size)];
      this.#length -= 4 + size;
    }
    return frames;
  }

  #joined(): Buffer {
    const [first] = this.#rest;
    const joined = this.#rest.length === 1 && first ? first : Buffer.concat(this.#rest);
    this.#rest = [joined];
    return joined;
  }
}
