import { defaultLimits } from '@parley/protocol';
import { ConfigurationError, readConfig } from './config';
import { describeSettings } from './settings';

const random = 'qT7vZp0c4mWbX1sKd9fRg2hJ6nLyA3uE8iOa5wBx';

function mistakes(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment, '/workspace');
  } catch (error) {
    if (error instanceof ConfigurationError) return error.mistakes;
    throw error;
  }
  return [];
}

describe('the configuration', () => {
  it('[A7] has a default for everything', () => {
    expect(readConfig({}, '/workspace')).toMatchObject({
      production: false,
      host: '127.0.0.1',
      port: 3000,
      databaseUrl: undefined,
      dataFolder: '/workspace/.parley',
      demo: true,
      registration: true,
      origins: [],
      limits: defaultLimits,
    });
  });

  it('reads every limit from the environment', () => {
    const environment = { LIMIT_FRAME_BYTES: '1000', LIMIT_MESSAGES_PER_SECOND: '7', LIMIT_PONG_TIMEOUT_MS: '5' };
    expect(readConfig(environment, '/').limits).toEqual({
      ...defaultLimits,
      frameBytes: 1000,
      messagesPerSecond: 7,
      pongTimeoutMs: 5,
    });
  });

  it('takes an empty value for unset, and several origins', () => {
    const config = readConfig({ PORT: '', PARLEY_ORIGINS: 'https://a.example.org, http://b.example.org:8080' }, '/');
    expect(config.port).toBe(3000);
    expect(config.origins).toEqual(['https://a.example.org', 'http://b.example.org:8080']);
  });

  it('says every mistake in a line of its own, and no secret', () => {
    const found = mistakes({
      PORT: '70000',
      DATABASE_URL: 'mysql://root:hunter2@host/db',
      PARLEY_ORIGINS: 'https://a.example.org/path',
      REGISTRATION: 'maybe',
      SESSION_SECRET: 'short',
    });
    expect(found).toEqual([
      'PORT must be a whole number from 0 to 65535.',
      'DATABASE_URL must look like postgres://user:password@host:5432/database.',
      'SESSION_SECRET must have at least 32 characters.',
      'PARLEY_ORIGINS lists "https://a.example.org/path", which is not an origin like https://meet.example.org.',
      'REGISTRATION must be on or off.',
    ]);
    expect(found.join()).not.toMatch(/hunter2|short/);
  });

  it('refuses demo people and weak secrets in production', () => {
    const production = { NODE_ENV: 'production' };
    expect(mistakes({ ...production, PARLEY_DEMO: 'on' })).toEqual([
      expect.stringContaining('PARLEY_DEMO must be off'),
      expect.stringContaining('SESSION_SECRET is required'),
    ]);
    for (const weak of [
      'change-me-change-me-change-me-change-me',
      'a'.repeat(40),
      'my-very-long-secret-for-sessions-1234',
    ]) {
      expect(mistakes({ ...production, SESSION_SECRET: weak })).toEqual([
        expect.stringContaining('looks like an example'),
      ]);
    }
    expect(readConfig({ ...production, SESSION_SECRET: random }, '/')).toMatchObject({
      production: true,
      demo: false,
      cookieSecure: 'always',
      metrics: 'closed',
    });
  });

  it('[A4] reads relays, which need their secret', () => {
    const urls =
      'turn:turn.example.org, turns:turn.example.org:443?transport=tcp,turn:[2001:db8::1]:3478?transport=udp';
    const { calls } = readConfig({ STUN_URLS: 'stun:stun.example.org', TURN_URLS: urls, TURN_SECRET: random }, '/');
    expect(calls).toEqual({
      stunUrls: ['stun:stun.example.org'],
      relay: { urls: urls.split(',').map((url) => url.trim()), secret: random },
      ownRelay: false,
      credentialsMs: 600_000,
    });
    expect(mistakes({ TURN_URLS: 'turn:turn.example.org' })).toEqual([
      expect.stringContaining('TURN_SECRET is required with TURN_URLS'),
    ]);
    expect(mistakes({ TURN_URLS: 'turn:turn.example.org', TURN_SECRET: 'short' })).toEqual([
      'TURN_SECRET must have at least 32 characters.',
    ]);
  });

  it.each([
    'turn.example.org',
    'stun:turn.example.org',
    'https://turn.example.org',
    'turn://turn.example.org',
    'turn:turn.example.org:0',
    'turn:turn.example.org:70000',
    'turn:turn.example.org?transport=sctp',
    'turns:turn.example.org?transport=udp',
    'turn:[::zz]',
  ])('[A4] refuses a relay at %s', (url) => {
    expect(mistakes({ TURN_URLS: url, TURN_SECRET: random })).toEqual([
      `TURN_URLS lists "${url}", which is not an address like turn:turn.example.org:3478?transport=udp or turns:turn.example.org:5349.`,
    ]);
  });

  it('[A4] starts a relay of its own for this machine alone, and not in production unless told to', () => {
    const own = (environment: Record<string, string>) => readConfig(environment, '/').calls.ownRelay;
    const production = { NODE_ENV: 'production', SESSION_SECRET: random };
    expect([own({}), own({ HOST: '::1' }), own({ HOST: 'localhost' })]).toEqual([true, true, true]);
    expect([own({ HOST: '0.0.0.0' }), own({ PARLEY_RELAY: 'off' }), own(production)]).toEqual([false, false, false]);
    expect(own({ ...production, PARLEY_RELAY: 'on' })).toBe(true);
  });

  it('refuses a relay’s secret that looks like an example in production', () => {
    const found = mistakes({
      NODE_ENV: 'production',
      SESSION_SECRET: random,
      TURN_URLS: 'turn:turn.example.org',
      TURN_SECRET: 'change-me-change-me-change-me-change-me',
    });
    expect(found).toEqual([expect.stringContaining('TURN_SECRET looks like an example')]);
  });

  it('[A7] describes every setting', () => {
    for (const { name, meaning, byDefault } of describeSettings()) {
      expect([name, meaning]).toEqual([name, expect.stringMatching(/\.$/)]);
      expect(byDefault).not.toBe('');
    }
  });
});
