import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { jsonSchemas } from '../../runner/catalog/schema.ts';

test.each(Object.entries(jsonSchemas()))(
  '%s is what the zod schema says; if not, run `npm run schemas`',
  async (name, schema) => {
    const file = new URL(`../../runner/catalog/schemas/${name}`, import.meta.url);
    const written: unknown = JSON.parse(await readFile(file, 'utf8'));
    expect(written).toEqual(JSON.parse(JSON.stringify(schema)));
  },
);
