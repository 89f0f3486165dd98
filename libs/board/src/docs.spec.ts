import { readFileSync } from 'node:fs';
import { join } from 'node:path';

it('docs/board.md shows the example that the compiler has checked', () => {
  const [, shown] = /^```ts\n(.*?)^```$/ms.exec(readFileSync(join(__dirname, '../../../docs/board.md'), 'utf8')) ?? [];
  const example = readFileSync(join(__dirname, 'testing/page-example.ts'), 'utf8');
  expect(shown).toBe(example.replace('../index', '@parley/board'));
});
