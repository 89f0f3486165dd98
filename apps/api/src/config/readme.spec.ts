import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeSettings } from './settings';

describe('the README', () => {
  const readme = readFileSync(join(__dirname, '../../../../README.md'), 'utf8');

  it.each(describeSettings())('[A7] says what $name is for', ({ name, byDefault, meaning }) => {
    expect(readme).toContain(`| \`${name}\` | ${byDefault} | ${meaning} |`);
  });

  it('[A7] names no setting that does not exist', () => {
    const named = [...readme.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name);
    expect(named.sort()).toEqual(
      describeSettings()
        .map(({ name }) => name)
        .sort(),
    );
  });
});
