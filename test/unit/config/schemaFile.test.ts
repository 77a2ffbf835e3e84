import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { configJsonSchema } from '../../../src/shared/config';

it('media/config.schema.json is the schema of the code; `npm run schema` makes it anew', () => {
  const file = path.resolve(import.meta.dirname, '../../../media/config.schema.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(configJsonSchema());
});
