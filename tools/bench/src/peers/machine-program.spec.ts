import { machineProgram, versionOf } from './machine-program';

describe('programs of the machine', () => {
  it('are found, and say which version they are', () => {
    expect(machineProgram('sh')).toMatch(/\/sh$/);
    expect(machineProgram('no-such-program-日本語')).toBeUndefined();
    expect(`v${versionOf(process.execPath, '--version')}`).toBe(process.version);
    expect(versionOf(process.execPath, '--no-such-option')).toBe('unknown');
  });
});
