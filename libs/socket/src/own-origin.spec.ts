import { isOwnOrigin } from './own-origin';

describe('isOwnOrigin', () => {
  it.each([
    ['https://meet.example.org', 'meet.example.org'],
    ['http://127.0.0.1:3000', '127.0.0.1:3000'],
    ['http://[::1]:3000', '[::1]:3000'],
    ['https://meet.example.org', 'Meet.Example.org'],
    ['https://xn--caf-dma.example.org', 'xn--caf-dma.example.org'],
  ])('[T3] %s is that of %s', (origin, host) => {
    expect(isOwnOrigin(origin, host)).toBe(true);
  });

  it.each([
    ['https://meet.example.org.evil.example', 'meet.example.org'],
    ['https://meet.example.org:8443', 'meet.example.org'],
    ['http://127.0.0.1:3001', '127.0.0.1:3000'],
    ['null', 'meet.example.org'],
    ['null', ''],
    ['', ''],
    ['https://meet.example.org', undefined],
  ])('[T3] %s is not that of %s', (origin, host) => {
    expect(isOwnOrigin(origin, host)).toBe(false);
  });
});
