import { FakeClock } from '@parley/client/testing';
import { FakePeerConnection, type FakeSender } from '../signalling/testing/fake-peer-connection';
import { FakeStream } from '../devices/testing/fake-stream';
import { MediaConnection } from './media-connection';

const track = (kind: string): MediaStreamTrack => ({ kind }) as MediaStreamTrack;
const microphone = track('audio');

function offerOf(number: number, media: readonly string[]): { type: 'offer'; sdp: string; number: number } {
  const lines = media.map((kind, mid) => `m=${kind} ${mid}`);
  return { type: 'offer', sdp: [`o=them ${number}`, `a=ice-ufrag:f${number}`, ...lines].join('\r\n'), number };
}

describe('[K4] the impolite side of a connection', () => {
  const clock = new FakeClock();
  let peer: FakePeerConnection;
  let media: MediaConnection;

  beforeEach(() => {
    Object.assign(globalThis, { MediaStream: FakeStream });
    peer = new FakePeerConnection();
    media = new MediaConnection({
      connection: peer as unknown as RTCPeerConnection,
      polite: false,
      tracks: { microphone },
      clock,
      send: () => undefined,
      onState: () => undefined,
      onTracks: () => undefined,
      onCandidateError: () => undefined,
      onRelayed: () => undefined,
      onGathered: () => undefined,
      onError: (error) => {
        throw error;
      },
    });
  });

  async function hear(number: number, media_: readonly string[], roles: Record<string, string>): Promise<void> {
    media.negotiation.hear({ description: offerOf(number, media_), roles: roles as Record<string, 'microphone'> });
    await clock.advance(0);
  }

  const sent = (): unknown[] => peer.transceivers.map(({ sender }) => sender.track);

  it('sends what it has in the place that the peer made for it', async () => {
    await hear(1, ['audio', 'video', 'video', 'audio'], {
      0: 'microphone',
      1: 'camera',
      2: 'screen',
      3: 'screen-audio',
    });
    expect(sent()).toEqual([microphone, null, null, null]);
    expect(peer.transceivers.map(({ direction }) => direction)).toEqual([
      'sendrecv',
      'sendrecv',
      'sendrecv',
      'sendrecv',
    ]);
  });

  it('sends nothing more once muted, whatever a later offer says of the places', async () => {
    await hear(1, ['audio', 'video', 'video', 'audio'], {
      0: 'microphone',
      1: 'camera',
      2: 'screen',
      3: 'screen-audio',
    });
    await hear(2, ['audio', 'video', 'video', 'audio'], { 3: 'microphone', 0: 'screen-audio' });
    await hear(3, ['audio', 'video', 'video', 'audio', 'audio'], { 0: 'microphone', 4: 'microphone' });
    expect(sent().filter((each) => each === microphone)).toHaveLength(1);
    expect(peer.transceivers[4]?.direction).toBe('inactive');
    media.send({});
    await clock.advance(0);
    expect(sent().every((each) => each === null)).toBe(true);
  });

  it('gives no place of the other kind, and one role once', async () => {
    await hear(1, ['video', 'audio', 'audio'], { 0: 'microphone', 1: 'microphone', 2: 'microphone' });
    expect(sent()).toEqual([null, microphone, null]);
    expect(peer.transceivers.map(({ direction }) => direction)).toEqual(['inactive', 'sendrecv', 'inactive']);
  });

  it('ends with what was asked for last, though the browser comes to it later', async () => {
    await hear(1, ['audio'], { 0: 'microphone' });
    const sender: FakeSender = peer.transceivers[0]!.sender;
    let earlier = Promise.resolve();
    // One after the other, and each later than it was asked for, as behind a negotiation.
    jest.spyOn(sender, 'replaceTrack').mockImplementation((next) => {
      earlier = earlier.then(() => {
        sender.track = next;
      });
      return earlier;
    });
    media.send({});
    media.send({ microphone });
    await clock.advance(0);
    expect(sender.track).toBe(microphone);
    media.send({});
    media.send({ microphone });
    media.send({});
    await clock.advance(0);
    expect(sender.track).toBeNull();
  });
});
