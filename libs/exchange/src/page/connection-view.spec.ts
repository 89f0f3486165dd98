import type { ConnectionStatus } from '@parley/client';
import { connectionView } from './connection-view';

const now = Date.parse('2026-11-03T10:00:00.000Z');

function view(status: Partial<ConnectionStatus>, { lostFor = 1_000, had = true, online = true } = {}) {
  const lostAt = had ? now - lostFor : undefined;
  return connectionView({ state: 'connected', attempt: 0, queued: 0, ...status }, lostAt, online, now);
}

describe('connection view', () => {
  it('is quiet about what is being sent while connected', () => {
    expect(view({ queued: 3 })).toMatchObject({ tone: 'good', text: 'Connected', queued: '', action: undefined });
  });

  it('believes the browser that there is no network, before the socket finds out', () => {
    expect(view({ queued: 3 }, { online: false })).toMatchObject({
      tone: 'warn',
      text: 'No network',
      queued: '3 messages queued',
      action: undefined,
    });
  });

  it('calls the first attempt connecting, and the later ones reconnecting', () => {
    expect(view({ state: 'connecting', attempt: 1 }, { had: false })).toMatchObject({
      tone: 'quiet',
      text: 'Connecting…',
    });
    expect(view({ state: 'connecting', attempt: 1 })).toMatchObject({ tone: 'warn', text: 'Reconnecting…' });
    expect(view({ state: 'connecting', attempt: 2 }, { had: false }).text).toBe('Reconnecting…');
  });

  it('counts the seconds to the next attempt, and says what waits', () => {
    const retryAt = new Date(now + 4_200);
    expect(view({ state: 'waiting', attempt: 2, retryAt, queued: 3 })).toMatchObject({
      tone: 'warn',
      text: 'Reconnecting in 5 s',
      queued: '3 messages queued',
      action: 'retry',
    });
    expect(view({ state: 'waiting', retryAt: new Date(now), queued: 1 })).toMatchObject({
      text: 'Reconnecting…',
      queued: '1 message queued',
    });
  });

  it('does not speak the seconds', () => {
    const spoken = [1, 2, 3].map((s) => view({ state: 'waiting', retryAt: new Date(now + s * 1000) }).spoken);
    expect(new Set(spoken).size).toBe(1);
  });

  it('[L4] [L2] is calm about a restart and about catching up, for a while', () => {
    const retryAt = new Date(now + 2_000);
    const restart = { state: 'waiting', retryAt, closeCode: 1012, queued: 3 } as const;
    expect(view({ ...restart, attempt: 5 })).toMatchObject({
      tone: 'quiet',
      text: 'The server restarts, back in a moment',
      queued: '3 messages queued',
      action: undefined,
    });
    expect(view({ ...restart, attempt: 5 }, { lostFor: 40_000 })).toMatchObject({
      tone: 'warn',
      text: 'Reconnecting in 2 s',
      action: 'retry',
    });
    expect(view({ state: 'connecting', attempt: 2, closeCode: 4408 })).toMatchObject({
      tone: 'quiet',
      text: 'Catching up…',
    });
  });

  it('names a missing network, the end of the session and another window, each with what helps', () => {
    const retryAt = new Date(now + 4_200);
    expect(view({ state: 'waiting', retryAt }, { online: false })).toMatchObject({
      text: 'No network',
      action: 'retry',
    });
    expect(view({ state: 'signed-out' })).toMatchObject({ tone: 'bad', text: 'Signed out', action: 'sign-in' });
    expect(view({ state: 'closed' })).toMatchObject({ text: 'Open in another window', action: 'take-over' });
    expect(view({ state: 'offline' })).toMatchObject({ text: 'Not connected', action: 'retry' });
  });
});
