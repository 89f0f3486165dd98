import { existsSync } from 'node:fs';
import { cannotInstall } from './debian.mjs';

describe('a package that is missing', () => {
  afterEach(() => jest.restoreAllMocks());

  it('is not installed by whoever may not, and they read how they can', () => {
    jest.spyOn(process as Required<Pick<NodeJS.Process, 'getuid'>>, 'getuid').mockReturnValue(1000);
    expect(cannotInstall('coturn')).toMatch(
      existsSync('/usr/bin/apt-get') ? /sudo apt-get install coturn/ : /no Debian or Ubuntu/,
    );
  });
});
