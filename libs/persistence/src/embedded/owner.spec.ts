import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canReach, canRun } from './owner';

// Nobody on any machine that runs this test, so only the rights of "others" count.
const stranger = { uid: 65_533, gid: 65_533 };

describe('what another user may reach', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-owner-'));
    chmodSync(folder, 0o755);
    mkdirSync(join(folder, 'inner'), { mode: 0o711 });
    writeFileSync(join(folder, 'inner/program'), '', { mode: 0o755 });
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('needs every folder above to be open for passing through', () => {
    expect(canReach(stranger, join(folder, 'inner/program'))).toBe(true);
    chmodSync(folder, 0o700);
    expect(canReach(stranger, join(folder, 'inner/program'))).toBe(false);
    expect(canReach(stranger, folder)).toBe(true);
  });

  it('does not mind what does not exist yet', () => {
    expect(canReach(stranger, join(folder, 'inner/a/b/c'))).toBe(true);
    chmodSync(join(folder, 'inner'), 0o700);
    expect(canReach(stranger, join(folder, 'inner/a/b/c'))).toBe(false);
  });

  it('includes programs that it may read and run', () => {
    const program = join(folder, 'inner/program');
    expect(canRun(stranger, program)).toBe(true);
    chmodSync(program, 0o700);
    expect(canRun(stranger, program)).toBe(false);
    expect(canRun(stranger, join(folder, 'inner/none'))).toBe(false);
  });

  it('goes by the owner’s own rights where the owner is asked about', () => {
    const me = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
    chmodSync(folder, 0o700);
    expect(canReach(me, join(folder, 'inner/program'))).toBe(true);
    chmodSync(folder, 0o077);
    expect(canReach(me, join(folder, 'inner/program'))).toBe(false);
    chmodSync(folder, 0o700);
  });
});
