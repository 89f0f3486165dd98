import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeSettings } from './settings';

const readme = readFileSync(join(__dirname, '../../../../README.md'), 'utf8');

describe('the README', () => {
  it('[A7] has a line for every setting, with its default and meaning', () => {
    const lines = describeSettings().map(
      ({ name, byDefault, meaning }) => `| \`${name}\` | ${byDefault} | ${meaning} |`,
    );
    expect(readme.split('\n').filter((line) => /^\| `[A-Z_]+` \|/.test(line))).toEqual(lines);
  });
});
