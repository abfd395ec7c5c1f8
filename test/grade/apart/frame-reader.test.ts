import { expect, test } from 'vitest';
import { FrameReader } from '../../../runner/grade/apart/judge/frame-reader.ts';
import { randomFrom } from '../../../runner/bench/random.ts';

function packed(text: string): Buffer {
  const body = Buffer.from(text);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(body.length);
  return Buffer.concat([head, body]);
}

test('frames come out whole, however the bytes come in', () => {
  const random = randomFrom(7);
  for (let round = 0; round < 200; round += 1) {
    const sent = Array.from({ length: 6 }, () => 'é'.repeat(Math.floor(random() * 40)));
    const bytes = Buffer.concat(sent.map(packed));
    const reader = new FrameReader();
    const received: string[] = [];
    for (let at = 0; at < bytes.length;) {
      const end = at + 1 + Math.floor(random() * 9);
      received.push(...reader.read(bytes.subarray(at, end)));
      at = end;
    }
    expect(received).toEqual(sent);
  }
});

test('a frame that claims to be huge is the last one that is read', () => {
  const reader = new FrameReader();
  expect(reader.read(Buffer.from([0xff, 0xff, 0xff, 0xff, 1]))).toEqual([]);
  expect(reader.overflow).toBe(true);
  expect(reader.read(packed('later'))).toEqual([]);
});
