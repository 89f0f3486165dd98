import { FakeClock } from '@parley/client/testing';
import { firstValueFrom } from 'rxjs';
import type { PeerMedia, VideoLevel } from '../media-engine';
import type { Signal } from '../signalling/signal';
import { FakeNetwork } from '../testing/fake-network';
import { Mesh } from './mesh';

const camera = { kind: 'video' } as MediaStreamTrack;
const microphone = { kind: 'audio' } as MediaStreamTrack;

describe('Mesh', () => {
  let clock: FakeClock;
  let network: FakeNetwork;
  let signals: { to: string; signal: Signal }[];
  let asked: number;

  function meshOf(userId: string): Mesh {
    return new Mesh({
      userId,
      seat: `${userId}-seat`,
      signal: (to, signal) => signals.push({ to, signal }),
      iceServers: () => {
        asked += 1;
        return Promise.resolve({ iceServers: [], lifetimeSeconds: 60, relay: false });
      },
      relayOnly: () => false,
      createConnection: () => network.create(userId),
      clock,
    });
  }

  const peer = (userId: string, connectionId = `${userId}-1`) => ({ userId, seat: `${userId}-seat`, connectionId });

  beforeEach(() => {
    clock = new FakeClock();
    network = new FakeNetwork();
    signals = [];
    asked = 0;
  });

  it('[K4] lets the one whose userId sorts higher be polite, and make the first offer', async () => {
    for (const [me, other, offers] of [
      ['ann', 'ben', false],
      ['ben', 'ann', true],
    ] as const) {
      signals = [];
      const mesh = meshOf(me);
      mesh.connectTo([peer(other)]);
      await clock.advance(0);
      expect(signals.some(({ signal }) => signal.description?.type === 'offer')).toBe(offers);
      mesh.close();
    }
  });

  it('[K3] signals to where the peer spoke from last, and says it once when that changes', async () => {
    const mesh = meshOf('ben');
    mesh.connectTo([peer('ann')]);
    await clock.advance(1_000);
    signals = [];
    for (let time = 0; time < 3; time += 1) mesh.connectTo([peer('ann', 'ann-2')]);
    await clock.advance(0);
    expect(new Set(signals.map(({ to }) => to))).toEqual(new Set(['ann-2']));
    expect(signals.filter(({ signal }) => signal.description !== undefined)).toHaveLength(1);
    signals = [];
    const from = { userId: 'ann', connectionId: 'ann-3' };
    mesh.hear(from, { seat: 'ann-seat', to: 'ben-seat', generation: 1, peerGeneration: 0 });
    await clock.advance(1_000);
    expect(new Set(signals.map(({ to }) => to))).toEqual(new Set(['ann-3']));
  });

  it('[K1] says again to the one who asks, and to nobody else', async () => {
    const mesh = meshOf('zoe');
    mesh.connectTo([peer('ann'), peer('ben')]);
    await clock.advance(1_000);
    signals = [];
    mesh.signalsLost('ann');
    await clock.advance(0);
    expect(new Set(signals.map(({ to }) => to))).toEqual(new Set(['ann-1']));
  });

  it('[K5] lets the camera give way when the network is short, keeps the sound, and says so', async () => {
    const mesh = meshOf('ben');
    const levels: VideoLevel[] = [];
    mesh.ownVideo.subscribe((level) => levels.push(level));
    mesh.send({ camera, microphone });
    mesh.connectTo([peer('ann')]);
    await clock.advance(0);
    const { connection } = network.connections[0]!;
    connection.become('connected');
    const stats = (fractionLost: number): Map<string, unknown> =>
      new Map([['r', { type: 'remote-inbound-rtp', id: 'r', kind: 'video', fractionLost, timestamp: 1 }]]);
    connection.stats = stats(0.5);
    await clock.advance(20_000);
    expect(levels.at(-1)).toBe('paused');
    const sent = (): unknown[] => connection.transceivers.map(({ sender }) => sender.track);
    expect(sent()).toEqual([microphone, null, null, null]);
    connection.stats = stats(0);
    await clock.advance(15_000);
    expect(levels.at(-1)).not.toBe('paused');
    expect(sent()).toEqual([microphone, camera, null, null]);
    mesh.close();
  });

  it('is silent once closed: no timers, no question for addresses, nobody', async () => {
    const mesh = meshOf('ben');
    const seen: ReadonlyMap<string, PeerMedia>[] = [];
    mesh.connectTo([peer('ann')]);
    await clock.advance(100);
    expect((await firstValueFrom(mesh.peers)).size).toBe(1);
    mesh.peers.subscribe((peers) => seen.push(peers));
    mesh.close();
    expect(seen.at(-1)?.size).toBe(0);
    expect(clock.pending).toBe(0);
    const before = asked;
    await clock.advance(600_000);
    expect(asked).toBe(before);
  });
});
