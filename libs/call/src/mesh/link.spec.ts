import { FakeClock } from '@parley/client/testing';
import type { IceServers } from '@parley/protocol';
import type { Signal, SignalPart } from '../signalling/signal';
import { FakeNetwork } from '../testing/fake-network';
import { IceConfiguration } from './ice-configuration';
import { Link } from './link';
import { MadeConnections } from './made-connections';

interface Setting {
  readonly polite: boolean;
  readonly relay?: boolean;
  readonly relayOnly?: boolean;
  readonly iceServers?: () => Promise<IceServers>;
}

/** One link, and what it says. */
class Scene {
  readonly clock = new FakeClock();
  readonly network = new FakeNetwork();
  readonly said: SignalPart[] = [];
  readonly asked: number[] = [];
  readonly link: Link;
  private readonly ice: IceConfiguration;

  constructor({ polite, relay = true, relayOnly = false, iceServers }: Setting) {
    const { clock } = this;
    let credential = 0;
    this.ice = new IceConfiguration({
      fetch:
        iceServers ??
        (() => {
          credential += 1;
          this.asked.push(clock.now());
          const turn = { urls: ['turn:turn.example.org'], username: 'u', credential: `c${credential}` };
          return Promise.resolve({ iceServers: relay ? [turn] : [], lifetimeSeconds: 600, relay });
        }),
      relayOnly: () => relayOnly,
      clock,
    });
    this.link = new Link({
      peer: { userId: 'ben', seat: 'b', connectionId: 'c' },
      polite,
      tracks: {},
      ice: this.ice,
      createConnection: (configuration) => {
        const connection = this.network.create('ann');
        connection.setConfiguration(configuration);
        return connection;
      },
      send: (part) => this.said.push(part),
      clock,
      made: new MadeConnections(clock),
    });
  }

  get connection() {
    return this.network.connections.at(-1)!.connection;
  }

  hear(part: Partial<Signal>): Promise<void> {
    this.link.hear({ seat: 'b', to: 'a', generation: 1, peerGeneration: 0, ...part });
    return this.clock.advance(0);
  }

  close(): void {
    this.link.close();
    this.ice.close();
  }
}

const offer = (number: number) =>
  ({ type: 'offer', sdp: `o=them ${number}\r\na=ice-ufrag:f${number}\r\nm=audio 0\r\n`, number }) as const;

describe('[K4] a link', () => {
  it('begins with the polite side’s offer, and with a word of the impolite one that it is there', async () => {
    const polite = new Scene({ polite: true });
    await polite.clock.advance(0);
    expect(polite.said[0]).toMatchObject({
      description: { type: 'offer', number: 1 },
      generation: 1,
      peerGeneration: 0,
    });
    const impolite = new Scene({ polite: false });
    await impolite.clock.advance(0);
    expect(impolite.said[0]).toEqual({ generation: 1, peerGeneration: 0 });
    expect(impolite.connection.transceivers).toHaveLength(0);
  });

  it('hears afterwards what came while it was being made', async () => {
    const late = Promise.withResolvers<IceServers>();
    const scene = new Scene({ polite: false, iceServers: () => late.promise });
    await scene.hear({ description: offer(1), roles: { 0: 'microphone' } });
    expect(scene.network.connections).toHaveLength(0);
    late.resolve({ iceServers: [], lifetimeSeconds: null, relay: false });
    await scene.clock.advance(10);
    expect(scene.said.some(({ description }) => description?.type === 'answer')).toBe(true);
  });

  it('limits what both sides send, from the first connection on', async () => {
    for (const polite of [true, false]) {
      const scene = new Scene({ polite });
      scene.link.limit('low', 3);
      await scene.clock.advance(0);
      if (!polite) await scene.hear({ description: offer(1), roles: { 0: 'microphone' } });
      const places = scene.connection.transceivers;
      const rates = places.map(({ sender }) => sender.encodings[0]?.maxBitrate);
      if (polite) expect(rates).toEqual([undefined, expect.any(Number), expect.any(Number), undefined]);
      scene.link.limit('full', 2);
      await scene.clock.advance(0);
      if (polite) expect(places[1]?.sender.encodings[0]?.maxBitrate).toBeGreaterThan(rates[1] ?? Infinity);
    }
  });

  it('answers an empty signal of another connection with the offer that it lacks, at once', async () => {
    const scene = new Scene({ polite: true });
    await scene.clock.advance(600);
    scene.said.splice(0);
    await scene.hear({ generation: 2 });
    expect(scene.said[0]).toMatchObject({ description: { type: 'offer' }, peerGeneration: 2 });
  });

  it('takes no notice of what belongs to an earlier connection, of the peer or of its own', async () => {
    const scene = new Scene({ polite: false });
    await scene.hear({ generation: 3, description: offer(1), roles: { 0: 'microphone' } });
    const answered = scene.connection.agreed;
    await scene.hear({ generation: 2, description: offer(9) });
    await scene.hear({ generation: 3, peerGeneration: 7, description: offer(9) });
    expect(scene.connection.agreed).toEqual(answered);
    expect(scene.connection.refused).toEqual([]);
    expect(scene.network.connections).toHaveLength(1);
  });

  it('says nothing of an earlier connection under the number of a later one', async () => {
    const scene = new Scene({ polite: false });
    await scene.hear({ description: offer(1), roles: { 0: 'microphone' } });
    const earlier = scene.connection;
    const { onicecandidate } = earlier;
    await scene.hear({ generation: 2, description: offer(1) });
    await scene.clock.advance(100);
    expect(scene.network.connections).toHaveLength(2);
    expect(earlier.isClosed).toBe(true);
    scene.said.splice(0);
    const init = { candidate: 'candidate:old', sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'x' };
    onicecandidate?.({ candidate: { toJSON: () => init } });
    await scene.clock.advance(100);
    expect(scene.said.flatMap(({ candidates = [] }) => candidates)).toEqual([]);
  });

  it('seeks a path anew when it breaks, with the addresses of the day', async () => {
    const scene = new Scene({ polite: false });
    await scene.hear({ description: offer(1), roles: { 0: 'microphone' } });
    scene.connection.become('connected');
    await scene.clock.advance(1_000);
    scene.connection.configuration = {};
    scene.connection.become('failed');
    await scene.clock.advance(0);
    expect(scene.link.state).toBe('reconnecting');
    expect(scene.connection.restarts).toBe(1);
    expect(scene.connection.configuration.iceServers).toHaveLength(1);
    expect(scene.network.connections).toHaveLength(1);
  });

  it('leaves nothing running when it is closed', async () => {
    const scene = new Scene({ polite: true });
    await scene.clock.advance(100);
    expect(scene.clock.pending).toBeGreaterThan(0);
    scene.close();
    expect(scene.clock.pending).toBe(0);
    expect(scene.connection.isClosed).toBe(true);
  });
});

describe('[A4] a link without a path says within 10 s', () => {
  it('that the relay refused the credentials, and asks for others', async () => {
    const scene = new Scene({ polite: true, relayOnly: true });
    await scene.clock.advance(0);
    scene.connection.onicecandidateerror?.({ errorCode: 401, url: 'turn:turn.example.org' });
    await scene.clock.advance(8_000);
    expect(scene.link.media).toMatchObject({ state: 'failed', trouble: 'relay-refused' });
    expect(scene.asked).toHaveLength(2);
    expect(scene.connection.configuration.iceServers?.[0]?.credential).toBe('c2');
    expect(scene.network.connections).toHaveLength(2);
  });

  it('at once where only a relay may be used and none gave an address', async () => {
    const scene = new Scene({ polite: true, relayOnly: true });
    await scene.clock.advance(10);
    expect(scene.link.media).toMatchObject({ state: 'failed', trouble: 'relay-unreachable' });
  });

  it('that the relay did not answer, or that there is simply no path', async () => {
    const unreachable = new Scene({ polite: true });
    const without = new Scene({ polite: true, relay: false });
    const relayed = new Scene({ polite: true });
    // The peer says nothing, so nobody has asked the relay for anything.
    const unanswered = new Scene({ polite: false });
    await relayed.clock.advance(0);
    const candidate = { candidate: 'candidate:1 1 udp 1 192.0.2.1 1 typ relay', usernameFragment: 'x', sdpMid: '0' };
    relayed.connection.onicecandidate?.({ candidate: { toJSON: () => candidate } });
    await unreachable.clock.advance(0);
    // A server that is not there is no reason to believe that the credentials are wrong.
    unreachable.connection.onicecandidateerror?.({ errorCode: 701, url: 'turn:turn.example.org' });
    for (const scene of [unreachable, without, relayed, unanswered]) await scene.clock.advance(8_000);
    expect(unreachable.link.media.trouble).toBe('relay-unreachable');
    expect(without.link.media.trouble).toBe('no-path');
    expect(relayed.link.media.trouble).toBe('no-path');
    expect(unanswered.link.media.trouble).toBe('no-path');
    // With a relay that gave none before, others are not asked for.
    expect(unreachable.asked).toHaveLength(1);
  });
});
