import { EnvironmentInjector, createEnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { FakeClock, FakeServer } from '@parley/client/testing';
import { ParleySocket } from './parley-socket';
import type { ParleySocketOptions } from './parley-socket-options';
import { provideParleySocket } from './provide-parley-socket';

const ann = { userId: 'ann', name: 'Ann 日本語' };
const topic = 'exchange/text:6f1c';

function setUp(options: ParleySocketOptions = {}) {
  const clock = new FakeClock();
  const server = new FakeServer({ clock });
  TestBed.configureTestingModule({
    providers: [provideParleySocket({ clock, ...server.optionsFor(ann), ...options })],
  });
  return { clock, server, socket: TestBed.inject(ParleySocket) };
}

describe('ParleySocket', () => {
  it('connects with the first topic that is observed, and says so in signals', async () => {
    const { clock, server, socket } = setUp();
    await clock.advance(100);
    expect([socket.status().state, socket.connected(), socket.connectionId()]).toEqual(['offline', false, undefined]);
    socket.channel(topic).messages.subscribe();
    expect(socket.status()).toEqual({ state: 'connecting', attempt: 1, queued: 0 });
    await clock.advance(100);
    expect([socket.status().state, socket.connected()]).toEqual(['connected', true]);
    expect(socket.connectionId()).toBe(server.connections[0]?.id);
  });

  it('connects when asked to, and tries again when asked to', async () => {
    const { clock, server, socket } = setUp({ backoff: { min: 30_000, max: 30_000 }, random: () => 1 });
    server.isDown = true;
    socket.connect();
    await clock.advance(100);
    expect(socket.status()).toMatchObject({
      state: 'waiting',
      attempt: 1,
      retryAt: new Date(clock.now() - 100 + 30_000),
    });
    server.isDown = false;
    socket.retryNow();
    await clock.advance(100);
    expect(socket.connected()).toBe(true);
  });

  it('[T5] shows that the session ended', async () => {
    const { clock, server, socket } = setUp();
    socket.connect();
    await clock.advance(100);
    server.signOut('ann');
    await clock.advance(100);
    expect(socket.status().state).toBe('signed-out');
  });

  it('closes when the user signs out, and with its injector', async () => {
    const { clock, server, socket } = setUp();
    socket.connect();
    await clock.advance(100);
    socket.disconnect();
    await clock.advance(100);
    expect([socket.status().state, server.connections.length]).toEqual(['offline', 0]);

    const injector = createEnvironmentInjector(
      [provideParleySocket({ clock, ...server.optionsFor(ann) })],
      TestBed.inject(EnvironmentInjector),
    );
    injector.get(ParleySocket).connect();
    await clock.advance(100);
    expect(server.connections).toHaveLength(1);
    injector.destroy();
    await clock.advance(100);
    expect([server.connections.length, clock.pending]).toEqual([0, 0]);
  });

  it('[C2] keeps what waits in the tab for its user, and forgets it when they sign out', async () => {
    sessionStorage.clear();
    const { clock, server, socket } = setUp();
    server.isDown = true;
    socket.identify('ann');
    void socket.channel<{ message: { text: string } }>(topic).storeMessage('message', { text: 'café' });
    void socket.channel<{ message: { text: string } }>(topic).storeMessage('message', { text: '日本語' });
    await clock.advance(100);
    expect([socket.status().queued, sessionStorage.length]).toEqual([2, 2]);
    socket.disconnect();
    expect([socket.status().queued, sessionStorage.length]).toEqual([0, 2]);
    socket.connect();
    expect(socket.status().queued).toBe(2);
    socket.signOut();
    expect([socket.status().queued, sessionStorage.length]).toEqual([0, 0]);
  });

  it('tells what went wrong', async () => {
    // The second attempt is not within what is looked at.
    const { clock, server, socket } = setUp({ random: () => 1 });
    const errors: Error[] = [];
    socket.errors.subscribe((error) => errors.push(error));
    server.isDown = true;
    socket.connect();
    await clock.advance(100);
    expect(errors).toEqual([new Error('The server does not answer.')]);
  });

  it('goes to the server of the page without options: a ticket from it, then its socket', async () => {
    const clock = new FakeClock();
    const opened: string[] = [];
    const ticket = { ticket: 'c1:s3cret', connectionId: 'c1', expiresAt: '2026-01-01T00:00:30.000Z' };
    const answer = { ok: true, status: 201, json: () => Promise.resolve(ticket) };
    const asked = jest.fn().mockResolvedValue(answer);
    const page = globalThis as { fetch?: unknown };
    const { fetch: original } = page;
    page.fetch = asked;
    const webSocket = (url: string) => {
      opened.push(url);
      return { addEventListener: jest.fn(), send: jest.fn(), close: jest.fn() };
    };
    TestBed.configureTestingModule({ providers: [provideParleySocket({ clock, webSocket })] });
    TestBed.inject(ParleySocket).connect();
    await clock.advance(1);
    page.fetch = original;
    expect(asked.mock.calls).toEqual([['/api/ticket', expect.objectContaining({ method: 'POST' })]]);
    expect(opened).toEqual(['ws://localhost/sock?ticket=c1%3As3cret']);
  });
});
