import { createHmac, randomBytes } from 'node:crypto';
import { SessionCookie } from './session-cookie';

const secret = 'a secret of café 日本語, for these tests alone';

/** As express-session does it. */
function sign(sid: string, key: string): string {
  return `${sid}.${createHmac('sha256', key).update(sid).digest('base64').replace(/=+$/, '')}`;
}

describe('the session cookie', () => {
  const cookies = new SessionCookie(secret, 0);
  const sent = (sid: string, signedWith = secret): string =>
    `parley.sid=${encodeURIComponent(`s:${sign(sid, signedWith)}`)}`;

  it('is read as express-session wrote it, whatever its signature looks like', () => {
    for (let count = 0; count < 200; count += 1) {
      const sid = randomBytes(32).toString('base64url');
      const pair = sent(sid);
      expect(cookies.read(pair)).toEqual({ sid, pair });
      expect(cookies.read(`a=1; ${pair}; b=2`)).toEqual({ sid, pair });
    }
  });

  it.each([
    ['no cookie', ''],
    ['another secret', sent('ann', 'another')],
    ['another session', sent('ann').replace('ann', 'ben')],
    ['a changed signature', sent('ann').replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))],
    ['a longer signature', `${sent('ann')}A`],
    ['two of them', `${sent('ann')}; ${sent('ben')}`],
    ['one in the value of another', `a=${sent('ann')}`],
    ['a name that ends alike', `not-${sent('ann')}`],
    ['an id that is not ours', sent('ann/../ben')],
    ['a signature that is not escaped', `parley.sid=s:${sign('ann', secret)}`],
  ])('%s is left to express-session', (_what, header) => {
    expect(cookies.read(header)).toBeUndefined();
  });

  it('lives as long as it is told', () => {
    const until = Date.UTC(2026, 4, 17, 12, 30, 15, 999);
    const renewed = 'parley.sid=x; Path=/; Expires=Sun, 17 May 2026 12:30:15 GMT; HttpOnly';
    expect(cookies.renewed('parley.sid=x', until, false)).toBe(`${renewed}; SameSite=Lax`);
    expect(cookies.renewed('parley.sid=x', until - 900, true)).toBe(`${renewed}; Secure; SameSite=Lax`);
    expect(cookies.renewed('parley.sid=x', until + 1, false)).toContain('12:30:16');
  });
});
