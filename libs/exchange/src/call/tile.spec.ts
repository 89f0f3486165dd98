import { participantColour } from '@parley/protocol';
import { fakeTrack } from './testing/fake-media';
import { member, peer } from './testing/fake-session';
import { tilesOf, type TileSource } from './tile';

const person = (userId: string) => ({ userId, name: userId.toUpperCase(), colour: participantColour(userId) });

function source(more: Partial<TileSource>): TileSource {
  return {
    members: [],
    peers: new Map(),
    me: 'ann',
    hands: [],
    audioOnly: false,
    microphone: 'on',
    picture: undefined,
    screen: undefined,
    person,
    ...more,
  };
}

describe('tiles', () => {
  it('are in the order of joining, with the screens behind', () => {
    const members = [member('ben', { screen: true }), member('ann'), member('cleo')];
    const keys = tilesOf(source({ members, peers: new Map([['ben', peer('ben')]]) })).map(({ key }) => key);
    expect(keys).toEqual(['ben:camera', 'ann:camera', 'cleo:camera', 'ben:screen']);
  });

  it('stay the same when a connection is another one', () => {
    const [camera, again] = [fakeTrack(), member('ben', { connectionId: 'after the restart' })];
    const peers = new Map([['ben', peer('ben', { tracks: { camera } })]]);
    const [before] = tilesOf(source({ members: [member('ben')], peers }));
    const [after] = tilesOf(source({ members: [again], peers }));
    expect(after).toEqual(before);
    expect(after?.video).toBe(camera);
  });

  it('name their people, and number their hands', () => {
    const members = [member('ann'), member('ben', { screen: true, camera: 'off', microphone: 'none' })];
    const tiles = tilesOf(source({ members, hands: ['cleo', 'ben'], screen: undefined }));
    expect(tiles.map(({ label, hand, state }) => [label, hand, state])).toEqual([
      ['You', 0, 'self'],
      ['BEN', 2, 'connecting'],
      ['BEN’s screen', 0, 'connecting'],
    ]);
  });

  it('show no picture that is off, paused, or of a call that is audio only', () => {
    const peers = new Map([['ben', peer('ben', { tracks: { camera: fakeTrack(), screen: fakeTrack() } })]]);
    for (const camera of ['off', 'none', 'paused'] as const) {
      expect(tilesOf(source({ members: [member('ben', { camera })], peers }))[0]?.video).toBeUndefined();
    }
    const tiles = tilesOf(source({ members: [member('ben', { screen: true })], peers, audioOnly: true }));
    expect(tiles.map(({ key, video }) => [key, video])).toEqual([['ben:camera', undefined]]);
  });

  it('[K1] show at once that one is muted, before the server has said so', () => {
    const members = [member('ann', { microphone: 'on' }), member('ben', { microphone: 'on' })];
    const tiles = tilesOf(source({ members, microphone: 'off' }));
    expect(tiles.map(({ microphone }) => microphone)).toEqual(['off', 'on']);
  });

  it('keep the last picture while they reconnect', () => {
    const camera = fakeTrack();
    const peers = new Map([['ben', peer('ben', { state: 'reconnecting', tracks: { camera } })]]);
    const [tile] = tilesOf(source({ members: [member('ben')], peers }));
    expect([tile?.state, tile?.video]).toEqual(['reconnecting', camera]);
  });
});
