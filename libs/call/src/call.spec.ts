import { FakeClock } from '@parley/client/testing';
import { BehaviorSubject, firstValueFrom, NEVER, of } from 'rxjs';
import { Call } from './call';
import type { Reaction } from './call-state';
import type { MediaEngine, PeerMedia, VideoLevel } from './media-engine';
import { FakeHub, type Client } from './testing/fake-hub';
import { FakeNetwork } from './testing/fake-network';

const own = { microphone: 'on', camera: 'on', screen: false } as const;

class Meeting {
  readonly clock = new FakeClock();
  readonly hub = new FakeHub();
  readonly network = new FakeNetwork();

  /** Someone in the meeting, and in its call unless `inCall` says otherwise. */
  async enter(userId: string, inCall = true): Promise<{ readonly call: Call; readonly client: Client }> {
    const client = this.hub.enter(userId);
    const call = new Call({
      channel: client.channel,
      me: userId,
      iceServers: () => Promise.resolve({ iceServers: [], lifetimeSeconds: null, relay: false }),
      createConnection: () => this.network.create(userId),
      clock: this.clock,
    });
    call.open();
    if (inCall) call.join(own, {});
    await this.settle();
    return { call, client };
  }

  async settle(): Promise<void> {
    for (let round = 0; round < 20; round += 1) {
      this.hub.pump(100);
      await this.clock.advance(50);
      this.network.connect();
    }
  }
}

async function names(call: Call): Promise<string[]> {
  return (await firstValueFrom(call.members)).map(({ userId }) => userId);
}

async function peers(call: Call): Promise<string[]> {
  return [...(await firstValueFrom(call.peers)).keys()];
}

describe('Call', () => {
  let meeting: Meeting;

  beforeEach(() => {
    meeting = new Meeting();
  });

  it('[K1] tells who is in it, also those who are not, and those who come later', async () => {
    const early = await meeting.enter('cleo', false);
    await meeting.enter('ann');
    const ben = await meeting.enter('ben');
    const late = await meeting.enter('dan', false);
    for (const { call } of [early, ben, late]) expect(await names(call)).toEqual(['ann', 'ben']);
    expect(await peers(ben.call)).toEqual(['ann']);
    expect(await peers(late.call)).toEqual([]);
    expect(meeting.network.openOf('cleo') + meeting.network.openOf('dan')).toBe(0);
  });

  it('[K5] cuts the media of whoever is no longer present, at once', async () => {
    const ann = await meeting.enter('ann');
    const ben = await meeting.enter('ben');
    expect(meeting.network.connect()).toEqual(['ann ben']);
    meeting.hub.remove(ben.client);
    expect(meeting.network.openOf('ann')).toBe(0);
    expect(await names(ann.call)).toEqual(['ann']);
  });

  it('[K5] [S6] is over for whoever lost the right to be there, or may only read', async () => {
    const ann = await meeting.enter('ann');
    const ben = await meeting.enter('ben');
    ann.client.channelState.next('revoked');
    ben.client.rights.next({ publish: false, store: false });
    for (const { call } of [ann, ben]) {
      expect(await firstValueFrom(call.phase)).toBe('out');
      expect(await firstValueFrom(call.ended)).toBe('shut-out');
      expect(await names(call)).toEqual([]);
    }
    expect(meeting.network.openOf('ann') + meeting.network.openOf('ben')).toBe(0);
  });

  it('[K2] [U3] goes on while a socket is away, and through a restart that gives everyone a new connectionId', async () => {
    const ann = await meeting.enter('ann');
    const ben = await meeting.enter('ben');
    const made = meeting.network.connections.length;
    ben.client.lose();
    await meeting.settle();
    expect(await peers(ann.call)).toEqual(['ben']);
    meeting.hub.restart();
    await meeting.settle();
    for (const { client } of [ben, ann]) meeting.hub.comeBack(client);
    await meeting.settle();
    await meeting.clock.advance(30_000);
    expect(meeting.network.connections).toHaveLength(made);
    expect(meeting.network.connect()).toEqual(['ann ben']);
    const members = await firstValueFrom(ann.call.members);
    expect(members.map(({ connectionId }) => connectionId)).toEqual([ann.client.connectionId, ben.client.connectionId]);
  });

  it('[K1] forgets whoever closed the window of the call and has another one open', async () => {
    const ann = await meeting.enter('ann');
    const ben = await meeting.enter('ben');
    await meeting.enter('ben', false);
    meeting.hub.remove(ben.client);
    expect(await names(ann.call)).toEqual(['ann']);
  });

  it('[K5] is not joined by somebody who left while one was away', async () => {
    const ann = await meeting.enter('ann');
    ann.client.lose();
    const ben = await meeting.enter('ben');
    meeting.hub.remove(ben.client);
    meeting.hub.comeBack(ann.client);
    await meeting.settle();
    expect(await names(ann.call)).toEqual(['ann']);
    expect(meeting.network.openOf('ann')).toBe(0);
  });

  it('[K5] lets go of whoever sends neither media nor signals, and has them again when they are back', async () => {
    const ann = await meeting.enter('ann');
    const ben = await meeting.enter('ben');
    const silence = (): void => {
      for (const { connection } of meeting.network.connections) connection.become('disconnected');
    };
    // The network of Ben is gone, and the server waits for his socket.
    ben.client.lose();
    silence();
    await meeting.clock.advance(10_000);
    expect(await names(ann.call)).toEqual(['ann', 'ben']);
    await meeting.clock.advance(10_000);
    expect(await names(ann.call)).toEqual(['ann']);
    meeting.hub.comeBack(ben.client);
    for (let second = 0; second < 30; second += 1) {
      await meeting.settle();
      await meeting.clock.advance(1_000);
    }
    for (const { call } of [ann, ben]) expect(await names(call)).toEqual(['ann', 'ben']);
    expect(meeting.network.connect()).toEqual(['ann ben']);
  });

  it('[K4] leaves nothing waiting while one’s connection to the server is away', async () => {
    const ann = await meeting.enter('ann');
    const ben = await meeting.enter('ben');
    ann.client.lose();
    for (const { connection } of meeting.network.connections) connection.become('failed');
    ann.call.update({ ...own, microphone: 'off' }, {});
    await meeting.clock.advance(600_000);
    expect(ann.client.waiting).toBe(0);
    meeting.hub.comeBack(ann.client);
    for (let second = 0; second < 30; second += 1) {
      await meeting.settle();
      await meeting.clock.advance(1_000);
    }
    expect(meeting.network.connect()).toEqual(['ann ben']);
    expect(await firstValueFrom(ben.call.members)).toMatchObject([{ userId: 'ann', microphone: 'off' }, {}]);
  });

  it('[K5] has whoever was lost again who was there all the time: a page that was frozen', async () => {
    const ann = await meeting.enter('ann');
    const ben = await meeting.enter('ben');
    const { receive } = ben.client;
    const late: Parameters<Client['receive']>[] = [];
    jest.spyOn(ben.client, 'receive').mockImplementation((...message) => late.push(message));
    for (const { connection } of meeting.network.connections) connection.become('failed');
    await meeting.clock.advance(20_000);
    expect(await names(ann.call)).toEqual(['ann']);
    jest.mocked(ben.client.receive).mockRestore();
    for (const message of late) receive.apply(ben.client, message);
    for (let second = 0; second < 60; second += 1) {
      await meeting.settle();
      await meeting.clock.advance(1_000);
    }
    for (const { call } of [ann, ben]) expect(await names(call)).toEqual(['ann', 'ben']);
    expect(meeting.network.connect()).toEqual(['ann ben']);
  });

  it('[K5] lets go of nobody while one’s own connection to the server is away', async () => {
    const ann = await meeting.enter('ann');
    await meeting.enter('ben');
    ann.client.lose();
    for (const { connection } of meeting.network.connections) connection.become('disconnected');
    await meeting.clock.advance(60_000);
    expect(await names(ann.call)).toEqual(['ann', 'ben']);
  });

  it('goes on when the browser makes no connection for a while', async () => {
    const ann = await meeting.enter('ann');
    const create = jest.spyOn(meeting.network, 'create').mockImplementation(() => {
      throw new Error('Cannot create so many PeerConnections');
    });
    await meeting.enter('ben');
    expect((await firstValueFrom(ann.call.peers)).get('ben')?.state).toBe('connecting');
    create.mockRestore();
    for (let second = 0; second < 30; second += 1) {
      await meeting.settle();
      await meeting.clock.advance(1_000);
    }
    expect((await firstValueFrom(ann.call.peers)).get('ben')?.state).toBe('connected');
  });

  it('[K2] makes few connections for a person who takes seat after seat', async () => {
    await meeting.enter('ann');
    const { channel } = (await meeting.enter('ben', false)).client;
    for (let seat = 0; seat < 100; seat += 1) {
      channel.sendMessage('call-join', { ...own, seat: `seat-${seat}` }).catch(() => undefined);
      meeting.hub.pump(10);
      await meeting.clock.advance(20);
    }
    expect(meeting.network.connections.length).toBeLessThanOrEqual(21);
  });

  it('[K3] hears no signal that was said to everyone, nor one for another seat', async () => {
    const ann = await meeting.enter('ann');
    const ben = await meeting.enter('ben');
    const [{ seat: annsSeat } = { seat: '' }, { seat: bensSeat } = { seat: '' }] = await firstValueFrom(
      ann.call.members,
    );
    const before = meeting.network.connections.length;
    const signal = { seat: bensSeat, to: annsSeat, generation: 99, peerGeneration: 0 };
    const say = (payload: typeof signal, to?: string[]): void => {
      void ben.client.channel.sendMessage('call-signal', payload, to === undefined ? {} : { to });
    };
    say(signal);
    say({ ...signal, to: 'another' }, [ann.client.connectionId]);
    await meeting.settle();
    expect(meeting.network.connections).toHaveLength(before);
    // The same, directed and for this seat, is one: the peer began anew.
    say(signal, [ann.client.connectionId]);
    await meeting.settle();
    expect(meeting.network.connections.length).toBeGreaterThan(before);
  });

  it('[K3] takes a signal for that of its sender, whatever it says', async () => {
    const ann = await meeting.enter('ann');
    const ben = await meeting.enter('ben');
    const cleo = await meeting.enter('cleo', false);
    const members = await firstValueFrom(ann.call.members);
    const seatOf = (name: string): string => members.find(({ userId }) => userId === name)?.seat ?? '';
    const before = meeting.network.connections.length;
    const forged = { seat: seatOf('ben'), to: seatOf('ann'), generation: 99, peerGeneration: 0 };
    void cleo.client.channel.sendMessage('call-signal', forged, { to: [ann.client.connectionId] });
    void cleo.client.channel.sendMessage('call-leave', { seat: seatOf('ben') });
    await meeting.settle();
    expect(meeting.network.connections).toHaveLength(before);
    expect(await names(ann.call)).toEqual(['ann', 'ben']);
    expect(await peers(ben.call)).toEqual(['ann']);
  });

  it('[K3] follows a peer who begins anew over and over so often, and then every now and then', async () => {
    const ann = await meeting.enter('ann');
    const ben = await meeting.enter('ben');
    const members = await firstValueFrom(ann.call.members);
    const seatOf = (name: string): string => members.find(({ userId }) => userId === name)?.seat ?? '';
    const before = meeting.network.connections.filter(({ owner }) => owner === 'ann').length;
    ben.call.close();
    ben.client.channel.sendMessage('call-join', { ...own, seat: seatOf('ben') }).catch(() => undefined);
    for (let generation = 2; generation < 100; generation += 1) {
      const offer = { type: 'offer', sdp: `o=x ${generation}\r\na=ice-ufrag:x\r\nm=audio 0`, number: 1 } as const;
      const signal = { seat: seatOf('ben'), to: seatOf('ann'), generation, peerGeneration: 0, description: offer };
      void ben.client.channel.sendMessage('call-signal', signal, { to: [ann.client.connectionId] });
      meeting.hub.pump(100);
      await meeting.clock.advance(30);
    }
    const made = meeting.network.connections.filter(({ owner }) => owner === 'ann').length - before;
    expect(made).toBeGreaterThan(1);
    expect(made).toBeLessThanOrEqual(21);
  });

  it('is not upset by what is no payload of a call', async () => {
    const ann = await meeting.enter('ann');
    const { channel } = (await meeting.enter('ben', false)).client;
    const nonsense = [null, 7, 'café 👩‍👩‍👧 日本語', [], { seat: 5 }, { seat: '', up: 1 }, { reaction: 'x' }] as never[];
    for (const payload of nonsense) {
      for (const action of ['call-join', 'call-state', 'call-leave', 'call-hand', 'call-reaction'] as const) {
        void channel.sendMessage(action, payload);
      }
      void channel.sendMessage('call-signal', payload, { to: [ann.client.connectionId] });
    }
    await meeting.settle();
    expect(await names(ann.call)).toEqual(['ann']);
  });

  it('[K6] shows hands in the order in which they went up, also to who comes later', async () => {
    const [ann, ben] = [await meeting.enter('ann'), await meeting.enter('ben')];
    ben.call.raiseHand(true);
    await meeting.settle();
    ann.call.raiseHand(true);
    await meeting.settle();
    const late = await meeting.enter('cleo', false);
    const hands = (await firstValueFrom(late.call.members)).map(({ userId, handAt = '' }) => [handAt, userId]).sort();
    expect(hands.map(([, userId]) => userId)).toEqual(['ben', 'ann']);
  });

  it('[K6] tells reactions of members, one’s own too, and of nobody else', async () => {
    const ann = await meeting.enter('ann');
    const ben = await meeting.enter('ben', false);
    const seen: { readonly userId: string; readonly reaction: Reaction }[] = [];
    ben.call.reactions.subscribe((reaction) => seen.push(reaction));
    ann.call.react('heart');
    void ben.client.channel.sendMessage('call-reaction', { reaction: 'clap' });
    await meeting.settle();
    expect(seen).toEqual([{ userId: 'ann', reaction: 'heart' }]);
  });

  it('says what was switched, also while the server had not yet said that one is in', async () => {
    const ann = await meeting.enter('ann', false);
    const ben = await meeting.enter('ben');
    ann.call.join(own, {});
    ann.call.update({ ...own, microphone: 'off' }, {});
    await meeting.settle();
    expect(await firstValueFrom(ben.call.members)).toMatchObject([{}, { userId: 'ann', microphone: 'off' }]);
  });

  it('tells the others that one’s camera gives way to the network, and that it is back', async () => {
    const ownVideo = new BehaviorSubject<VideoLevel>('full');
    const engine: MediaEngine = {
      peers: of(new Map<string, PeerMedia>()),
      ownVideo,
      lost: NEVER,
      strangers: NEVER,
      connectTo: () => undefined,
      send: () => undefined,
      hear: () => undefined,
      signalsLost: () => undefined,
      networkChanged: () => undefined,
      close: () => undefined,
    };
    const ben = await meeting.enter('ben', false);
    const client = meeting.hub.enter('ann');
    const ann = new Call({
      channel: client.channel,
      me: 'ann',
      iceServers: () => Promise.reject(new Error('not asked for')),
      createEngine: () => engine,
      clock: meeting.clock,
    });
    ann.open();
    ann.join(own, {});
    await meeting.settle();
    const told = async (): Promise<unknown> => (await firstValueFrom(ben.call.members))[0]?.camera;
    for (const [level, camera] of [
      ['reduced', 'on'],
      ['paused', 'paused'],
      ['low', 'on'],
    ] as const) {
      ownVideo.next(level);
      await meeting.settle();
      expect(await told()).toBe(camera);
    }
  });

  it('[K7] is audio only from the seventh member on', async () => {
    const all = [];
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) all.push(await meeting.enter(name));
    expect(await firstValueFrom(all[0]!.call.audioOnly)).toBe(false);
    const track = { kind: 'video' } as MediaStreamTrack;
    all[0]!.call.update({ ...own, screen: true }, { camera: track, screen: track });
    const sends = (): unknown[] =>
      meeting.network.connections
        .filter(({ owner, connection }) => owner === 'a' && !connection.isClosed)
        .flatMap(({ connection }) => connection.transceivers.map(({ sender }) => sender.track))
        .filter((each) => each === track);
    expect(sends()).toHaveLength(10);
    const seventh = await meeting.enter('g');
    expect(await firstValueFrom(all[0]!.call.audioOnly)).toBe(true);
    expect(sends()).toHaveLength(0);
    seventh.call.leave();
    await meeting.settle();
    expect(sends()).toHaveLength(10);
  });
});
