import { runScript } from '#kit/shell';
import { describe, expect, test } from 'vitest';
import kata from './kata.sh?raw';

// TODO: Three to six examples, the first contact with the contract; none is copied into the brief.
describe('1. TODO: What the first task achieves', () => {
  test('counts one error', async () => {
    const files = { '/logs/app.log': 'INFO started\nERROR disk full\n' };
    const { stdout, stderr } = await runScript(kata, { args: ['/logs/app.log'], files });
    expect(stdout, `errors: ${stderr.trim() || 'none'}`).toBe('1\n');
  });
});
