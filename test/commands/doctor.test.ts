import { expect, test } from 'vitest';
import { makeClone } from '../support/clone.ts';
import { expectDocumented } from '../support/documented.ts';

test('dojo doctor --json prints what the docs say', { timeout: 120_000 }, async () => {
  const clone = await makeClone();
  try {
    const finished = await clone.run('doctor', '--json');
    const { sections } = expectDocumented('doctor', finished);
    expect(sections).toMatchObject([{ title: 'Runtime' }, {}, {}, {}]);
    expect([0, 1]).toContain(finished.code);
  } finally {
    await clone.remove();
  }
});
