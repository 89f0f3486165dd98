import { coturnConfig } from './coturn-config';

const options = { host: '127.0.0.1', port: 3478, secret: 'abc', transports: ['udp', 'tcp'] } as const;

describe('Coturn’s configuration', () => {
  it('listens for what it is told to', () => {
    const lines = (transports: readonly ('udp' | 'tcp')[]) => coturnConfig({ ...options, transports }).split('\n');
    expect(lines(['udp', 'tcp'])).not.toEqual(expect.arrayContaining([expect.stringMatching(/^no-(udp|tcp)$/)]));
    expect(lines(['udp'])).toContain('no-tcp');
    expect(lines(['tcp'])).toContain('no-udp');
  });

  it.each(['', 'two words', 'a\nno-auth', 'café'])('takes no secret and no realm like %j', (text) => {
    expect(() => coturnConfig({ ...options, secret: text })).toThrow(RangeError);
    expect(() => coturnConfig({ ...options, realm: text })).toThrow(RangeError);
  });
});
