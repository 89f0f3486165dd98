import { allows } from './node.mjs';

describe('which Node may run the project', () => {
  const range = '^22.22.3 || ^24.15.0 || >=26.0.0';

  it.each(['22.22.3', '22.30.0', '24.15.0', '24.99.1', '26.0.0', '26.10.0', '30.1.2', '26.0.0-rc.1'])(
    '%s',
    (version) => {
      expect(allows(range, version)).toBe(true);
    },
  );

  it.each(['18.20.0', '20.20.2', '22.22.2', '23.0.0', '24.14.9', '25.9.0'])('not %s', (version) => {
    expect(allows(range, version)).toBe(false);
  });

  it('says so when it does not understand a range', () => {
    expect(() => allows('~22.1.0', '22.1.0')).toThrow('~22.1.0');
  });

  it('understands the range of package.json', () => {
    const { engines } = jest.requireActual<{ engines: { node: string } }>('../../package.json');
    expect(allows(engines.node, '26.10.0')).toBe(true);
    expect(allows(engines.node, '20.19.0')).toBe(false);
  });
});
