import { returnPath } from './return-path';

describe('returnPath', () => {
  it.each(['/bookings', '/app/exchange/6f1c?a=b#c', '/', '/bookings/caf%C3%A9'])('takes %s', (path) => {
    expect(returnPath(path, '/home')).toBe(path);
  });

  it.each([
    undefined,
    null,
    '',
    'bookings',
    'https://elsewhere.example/',
    '//elsewhere.example',
    '/\\elsewhere.example',
    '\\\\elsewhere.example',
    '/\t/elsewhere.example',
    '/.//elsewhere.example',
    '/a/..//elsewhere.example',
    'javascript:alert(1)',
  ])('does not take %j, which leads away or nowhere', (path) => {
    expect(returnPath(path, '/home')).toBe('/home');
  });

  it('does not lead back to the page that signs in', () => {
    expect(returnPath('/sign-in?returnTo=/sign-in', '/home')).toBe('/home');
    expect(returnPath('/register', '/home')).toBe('/home');
  });
});
