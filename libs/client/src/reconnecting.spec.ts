import { CloseCode } from '@parley/protocol';
import { Subject } from 'rxjs';
import { SignedOutError, UnavailableError } from './errors';
import { ann, ben, record, texts, topic, World, type TextActions } from './testing/world';

describe('reconnecting', () => {
  it('[C2] waits exponentially longer between attempts, up to 30 s, and says when the next one comes', async () => {
    const world = new World();
    const client = world.client(ann);
    world.server.isDown = true;
    const statuses = record(client.status$);
    client.connect();
    await world.clock.advance(400_000);
    const waits = statuses
      .filter(({ state }) => state === 'waiting')
      .map(({ retryAt, attempt }) => ({ retryAt, attempt }));
    const seconds = waits.map(({ retryAt }, index) => {
      const before = waits[index - 1]?.retryAt?.getTime() ?? Date.UTC(2026, 0, 1);
      return ((retryAt?.getTime() ?? 0) - before) / 1000;
    });
    expect(waits.slice(0, 3).map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect(seconds.slice(0, 9)).toEqual([0.5, 1, 2, 4, 8, 16, 30, 30, 30]);
  });

  it('[C2] spreads attempts with full jitter', async () => {
    const world = new World();
    const client = world.client(ann, { random: () => 0 });
    world.server.isDown = true;
    const statuses = record(client.status$);
    client.connect();
    await world.clock.advance(950);
    expect(statuses.at(-1)?.attempt).toBe(10);
  });

  it('[C2] tries again at once on `online`, on tab focus and when asked to', async () => {
    const world = new World();
    const wake = new Subject<void>();
    const client = world.client(ann, { wake, backoff: { min: 30_000, max: 30_000 } });
    const connected = record(client.connected$);
    world.server.isDown = true;
    client.connect();
    await world.settle();
    world.server.isDown = false;
    wake.next();
    await world.settle();
    expect(connected).toEqual([false, true]);

    world.server.break();
    client.retryNow();
    await world.settle();
    expect(connected).toEqual([false, true, false, true]);
  });

  it('[C2] takes a new ticket for each attempt and names the connection that it had (T4)', async () => {
    const world = new World();
    const options = world.server.optionsFor(ann);
    const resumes: (string | undefined)[] = [];
    const client = world.client(ann, {
      ticket: (resume) => {
        resumes.push(resume);
        return options.ticket(resume);
      },
    });
    client.connect();
    await world.settle();
    const first = world.server.connections[0]?.id;
    world.server.break();
    await world.clock.advance(1_100);
    expect(resumes).toEqual([undefined, first]);
    client.disconnect();
    client.connect();
    await world.settle();
    expect(resumes.at(-1)).toBeUndefined();
  });

  it('[L3] answers ping with pong', async () => {
    const world = new World();
    world.client(ann).connect();
    await world.settle();
    world.server.connections[0]?.tell('ping', null);
    await world.settle();
    expect(world.server.received.map(({ action }) => action)).toEqual(['pong']);
  });

  it('[L3] reconnects after 40 s without a word, and not while the server speaks', async () => {
    const world = new World();
    const client = world.client(ann);
    const connected = record(client.connected$);
    client.connect();
    await world.settle();
    for (let beat = 0; beat < 4; beat += 1) {
      world.server.connections[0]?.tell('ping', null);
      await world.clock.advance(25_000);
    }
    expect(connected).toEqual([false, true]);
    world.server.silence();
    await world.clock.advance(17_000);
    expect(connected).toEqual([false, true, false, true]);
  });

  it('[L3] notices on waking up that it heard nothing for too long, though its timer stood still', async () => {
    const world = new World();
    const wake = new Subject<void>();
    // A clock whose timers sleep with the computer.
    const offset = { ms: 0 };
    const clock = { now: () => world.clock.now() + offset.ms, after: world.clock.after.bind(world.clock) };
    const client = world.client(ann, { wake, clock });
    const connected = record(client.connected$);
    client.connect();
    await world.settle();
    offset.ms = 3_600_000;
    wake.next();
    await world.settle();
    expect(connected).toEqual([false, true, false, true]);
  });

  it('[C2] asks the server for a sign of life when the network may be another one, and comes back when there is none', async () => {
    const world = new World();
    const wake = new Subject<void>();
    const client = world.client(ann, { wake });
    const connected = record(client.connected$);
    client.connect();
    await world.settle();
    wake.next();
    await world.clock.advance(6_000);
    expect(connected).toEqual([false, true]);
    expect(world.server.received.map(({ action }) => action)).toEqual(['ping']);
    world.server.silence();
    wake.next();
    await world.clock.advance(6_000);
    expect(connected).toEqual([false, true, false, true]);
  });

  it('[C2] begins an attempt anew that hangs when the network comes back, and lets a fresh one be', async () => {
    const world = new World();
    const wake = new Subject<void>();
    let asked = 0;
    const { ticket } = world.server.optionsFor(ann);
    const client = world.client(ann, {
      wake,
      ticket: (resume) => {
        asked += 1;
        return asked === 1 ? new Promise(() => undefined) : ticket(resume);
      },
    });
    const connected = record(client.connected$);
    client.connect();
    await world.clock.advance(1_000);
    wake.next();
    await world.settle();
    expect(asked).toBe(1);
    await world.clock.advance(2_000);
    wake.next();
    await world.settle();
    expect([asked, connected]).toEqual([2, [false, true]]);
    await world.clock.advance(15_000);
    expect([asked, connected]).toEqual([2, [false, true]]);
  });

  it('gives an attempt up that takes too long', async () => {
    const world = new World();
    const client = world.client(ann, { ticket: () => new Promise(() => undefined) });
    const errors = record(client.errors$);
    const statuses = record(client.status$);
    client.connect();
    await world.clock.advance(15_000);
    expect(statuses.at(-1)?.state).toBe('waiting');
    expect(errors).toEqual([new Error('The server did not answer in time.')]);
  });

  it('[T5] stops when the session ends, and rejects what waits', async () => {
    const world = new World();
    const client = world.client(ann);
    const statuses = record(client.status$);
    client.channel<TextActions>(topic).messages.subscribe();
    await world.settle();
    world.server.signOut('ann');
    const sent = client.transmit(true, 'message', topic, { text: 'too late' });
    await world.settle();
    await expect(sent).rejects.toBeInstanceOf(SignedOutError);
    expect(statuses.at(-1)).toEqual({ state: 'signed-out', attempt: 0, queued: 0, closeCode: CloseCode.sessionEnded });
    await world.clock.advance(120_000);
    expect(statuses.at(-1)?.state).toBe('signed-out');
    expect(world.clock.pending).toBe(0);
  });

  it('[T1] stops when it gets no ticket for want of a session, and starts again when asked to', async () => {
    const world = new World();
    const client = world.client(ann);
    const statuses = record(client.status$);
    world.server.signOut('ann');
    const sent = client.transmit(true, 'message', topic, { text: 'hello' });
    await world.settle();
    await expect(sent).rejects.toBeInstanceOf(SignedOutError);
    expect(statuses.at(-1)).toEqual({ state: 'signed-out', attempt: 0, queued: 0 });
    expect(world.clock.pending).toBe(0);
    world.server.signIn('ann');
    client.connect();
    await world.settle();
    expect(statuses.at(-1)?.state).toBe('connected');
  });

  it('[T4] keeps its name over a short loss, and nobody sees it leave', async () => {
    const world = new World({ grace: 30_000 });
    const client = world.client(ann, { backoff: { min: 5_000, max: 5_000 } });
    const names = record(client.connectionId$);
    const connected = record(client.connected$);
    const seen = record(world.client(ben).channel<TextActions>(topic).unsubscriber);
    client.channel<TextActions>(topic).messages.subscribe();
    await world.settle();
    world.server.break('ann');
    await world.clock.advance(6_000);
    expect(names).toEqual([undefined, 'connection-2']);
    expect(connected).toEqual([false, true, false, true]);
    await world.clock.advance(60_000);
    expect(seen).toEqual([]);
  });

  it('[T4] gets another name when it comes back too late, and none in between', async () => {
    const world = new World({ grace: 30_000 });
    const client = world.client(ann, { backoff: { min: 31_000, max: 31_000 } });
    const names = record(client.connectionId$);
    client.connect();
    await world.settle();
    world.server.break();
    await world.clock.advance(32_000);
    expect(names).toEqual([undefined, 'connection-1', 'connection-2']);
    client.disconnect();
    expect(names.at(-1)).toBeUndefined();
  });

  it('[T4] takes over its own socket, which the server believes to be open', async () => {
    const world = new World({ grace: 30_000 });
    const client = world.client(ann);
    const names = record(client.connectionId$);
    client.connect();
    await world.settle();
    world.server.silence();
    await world.clock.advance(45_000);
    expect(names).toEqual([undefined, 'connection-1']);
    expect(world.server.connections).toHaveLength(1);
  });

  it('[T4] comes back under another name when a socket that it had given up took its connection over', async () => {
    const world = new World();
    const resumes: (string | undefined)[] = [];
    const options = world.server.optionsFor(ann);
    const client = world.client(ann, {
      ticket: (resume) => {
        resumes.push(resume);
        return options.ticket(resume);
      },
    });
    const statuses = record(client.status$);
    client.connect();
    await world.settle();
    world.server.close('ann', CloseCode.replaced);
    await world.clock.advance(1_000);
    expect(statuses.at(-1)?.state).toBe('connected');
    expect(resumes).toEqual([undefined, undefined]);
  });

  it('[T4] stops when newer sockets take its connection over again and again', async () => {
    const world = new World();
    const client = world.client(ann);
    const statuses = record(client.status$);
    client.connect();
    for (let times = 0; times < 3; times += 1) {
      await world.clock.advance(3_000);
      world.server.close('ann', CloseCode.replaced);
    }
    await world.clock.advance(120_000);
    expect(statuses.at(-1)).toEqual({ state: 'closed', attempt: 0, queued: 0, closeCode: CloseCode.replaced });
    expect(world.server.connections).toHaveLength(0);
  });

  it('[C2] does not stop for being replaced now and then', async () => {
    const world = new World();
    const client = world.client(ann);
    const statuses = record(client.status$);
    client.connect();
    for (let times = 0; times < 4; times += 1) {
      await world.clock.advance(31_000);
      world.server.connections[0]?.tell('ping', null);
      world.server.close('ann', CloseCode.replaced);
    }
    await world.clock.advance(2_000);
    expect(statuses.at(-1)?.state).toBe('connected');
  });

  it('[T3] [L4] waits as long as the server asks that gives no ticket, a little spread, up to a minute', async () => {
    const world = new World();
    const wake = new Subject<void>();
    const client = world.client(ann, { wake, random: () => 0.5 });
    const waits: number[] = [];
    client.status$.subscribe(({ state, retryAt }) => {
      if (state === 'waiting' && retryAt !== undefined) waits.push(retryAt.getTime() - world.clock.now());
    });
    const connected = record(client.connected$);
    world.server.failTickets(new UnavailableError('Full.', 7_000), new UnavailableError('Full.', 3_600_000));
    client.connect();
    await world.clock.advance(6_900);
    // Coming to the front is no reason to ask sooner than the server wants to be asked.
    wake.next();
    await world.settle();
    expect(waits).toEqual([7_250]);
    await world.clock.advance(1_000);
    expect(waits).toEqual([7_250, 60_500]);
    client.retryNow();
    await world.settle();
    expect(connected).toEqual([false, true]);
  });

  it.each([CloseCode.badFrames, CloseCode.slowReader, CloseCode.rateLimited, 1006])(
    'comes back after close code %d',
    async (code) => {
      const world = new World();
      const client = world.client(ann);
      const statuses = record(client.status$);
      client.connect();
      await world.settle();
      world.server.close('ann', code);
      await world.clock.advance(50);
      expect(statuses.at(-1)).toMatchObject({ state: 'waiting', closeCode: code });
      await world.clock.advance(1_000);
      expect(statuses.at(-1)).toEqual({ state: 'connected', attempt: 0, queued: 0 });
    },
  );

  it.each([
    [0, 0],
    [0.5, 1_500],
    [1, 3_000],
  ])('[L4] comes back at any time within 3 s after a restart: jitter %d, %d ms', async (jitter, wait) => {
    const world = new World();
    const client = world.client(ann, { random: () => jitter });
    const waits: number[] = [];
    client.status$.subscribe(({ state, retryAt }) => {
      if (state === 'waiting' && retryAt !== undefined) waits.push(retryAt.getTime() - world.clock.now());
    });
    const statuses = record(client.status$);
    client.connect();
    await world.settle();
    world.server.close('ann', CloseCode.restarting);
    await world.clock.advance(wait + 50);
    expect(waits).toEqual([wait]);
    expect(statuses.at(-1)?.state).toBe('connected');
    // Any later attempt is one like any other.
    world.server.isDown = true;
    world.server.close('ann', CloseCode.restarting);
    await world.clock.advance(wait + 10_000);
    expect(waits[1]).toBe(wait);
    expect(waits[2]).toBe(Math.max(100, jitter * 2_000));
  });

  it('[C2] comes back at once after a restart too, when the network says so', async () => {
    const world = new World();
    const wake = new Subject<void>();
    const client = world.client(ann, { wake });
    const connected = record(client.connected$);
    client.connect();
    await world.settle();
    world.server.close('ann', CloseCode.restarting);
    await world.settle();
    expect(connected).toEqual([false, true, false]);
    wake.next();
    await world.settle();
    expect(connected).toEqual([false, true, false, true]);
  });

  it('[L4] comes back when a server that goes down asked it to', async () => {
    const world = new World();
    const client = world.client(ann);
    const statuses = record(client.status$);
    client.connect();
    await world.settle();
    world.server.connections[0]?.tell('drain', { reconnectIn: 7_000 });
    world.server.close('ann', CloseCode.restarting);
    await world.clock.advance(6_900);
    expect(statuses.at(-1)?.state).toBe('waiting');
    await world.clock.advance(200);
    expect(statuses.at(-1)?.state).toBe('connected');
  });

  it('keeps waiting longer while connections end as soon as they are there', async () => {
    const world = new World();
    const client = world.client(ann);
    const waits: number[] = [];
    client.status$.subscribe(({ state, retryAt }) => {
      if (state === 'waiting' && retryAt !== undefined) waits.push(retryAt.getTime() - world.clock.now());
      if (state === 'connected') world.clock.after(10, () => world.server.break());
    });
    client.connect();
    await world.clock.advance(3_700);
    expect(waits).toEqual([500, 1_000, 2_000, 4_000]);
  });

  it('reports why an attempt failed', async () => {
    const world = new World();
    const client = world.client(ann, {
      webSocket: () => {
        throw new Error('no sockets here');
      },
    });
    const errors = record(client.errors$);
    client.connect();
    await world.settle();
    expect(errors).toEqual([new Error('no sockets here')]);
  });

  it('survives frames that are none', async () => {
    const world = new World();
    const client = world.client(ann);
    const channel = client.channel<TextActions>(topic);
    const messages = record(channel.messages);
    await world.settle();
    for (const frame of [
      {},
      { type: 1 },
      { type: 'subscribe', topic, store: false, sender: null, timestamp: '', payload: 3 },
    ]) {
      world.server.connections[0]?.deliver(frame);
    }
    void channel.storeMessage('message', { text: 'still here' });
    await world.settle();
    expect(texts(messages)).toEqual(['still here']);
  });
});
