import { writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { jsonSchemas } from '../schema.ts';

for (const [name, schema] of Object.entries(jsonSchemas())) {
  const file = new URL(name, import.meta.url);
  const style = await resolveConfig(file);
  await writeFile(file, await format(JSON.stringify(schema), { ...style, parser: 'json' }));
}
