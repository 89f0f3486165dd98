import { turnCredentials } from './credentials';

describe('credentials for a relay', () => {
  it('are those of coturn’s REST API: expiry:user, signed with the secret', () => {
    // printf '1795425600:6f1c…' | openssl dgst -sha1 -hmac 'a secret of two' -binary | base64
    const userId = '6f1c2f0e-0000-4000-8000-000000000001';
    expect(turnCredentials({ secret: 'a secret of two', userId, ttlMs: 600_000, now: 1_795_425_000_999 })).toEqual({
      username: `1795425600:${userId}`,
      credential: 'F2oaD10H4mbqg92hXTlwbz23SrA=',
      expiresAt: new Date(1_795_425_600_000),
    });
  });

  it('are good from now on', () => {
    const before = Date.now();
    const { expiresAt } = turnCredentials({ secret: 'secret', userId: 'ann', ttlMs: 60_000 });
    expect(expiresAt.getTime()).toBeGreaterThan(before + 59_000);
    expect(expiresAt.getTime()).toBeLessThanOrEqual(Date.now() + 60_000);
  });
});
