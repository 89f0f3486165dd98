import { parseIceUrl } from './ice-url';

describe('the address of a STUN or TURN server (RFC 7064, RFC 7065)', () => {
  it.each([
    ['stun:stun.example.org', { scheme: 'stun', host: 'stun.example.org', port: 3478, transport: 'udp' }],
    ['turn:192.0.2.1', { scheme: 'turn', host: '192.0.2.1', port: 3478, transport: 'udp' }],
    ['turn:a.example.org:80?transport=tcp', { scheme: 'turn', host: 'a.example.org', port: 80, transport: 'tcp' }],
    ['turn:[2001:db8::1]:3479?transport=udp', { scheme: 'turn', host: '2001:db8::1', port: 3479, transport: 'udp' }],
    ['turns:a.example.org', { scheme: 'turns', host: 'a.example.org', port: 5349, transport: 'tcp' }],
    ['turns:a.example.org:443?transport=tcp', { scheme: 'turns', host: 'a.example.org', port: 443, transport: 'tcp' }],
  ])('%s', (text, expected) => {
    expect(parseIceUrl(text)).toEqual(expected);
  });

  it.each([
    '',
    'turn:',
    'turn://a.example.org',
    'turn:user@a.example.org',
    'turn:a.example.org:',
    'turn:a.example.org:0',
    'turn:a.example.org:65536',
    'turn:a.example.org?transport=tls',
    'turn:a.example.org?transport=tcp&x=1',
    'turns:a.example.org?transport=udp',
    'stun:a.example.org?transport=udp',
    'stuns:a.example.org',
    'turn:[1.2.3.4]',
    'turn:2001:db8::1',
    'turn:a.example.org\nstun:b.example.org',
    'http://a.example.org',
  ])('is not %j', (text) => {
    expect(parseIceUrl(text)).toBeUndefined();
  });
});
