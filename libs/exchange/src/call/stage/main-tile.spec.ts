import { participantColour } from '@parley/protocol';
import { member } from '../testing/fake-session';
import { tilesOf } from '../tile';
import { mainTile } from './main-tile';

const tiles = tilesOf({
  members: [member('ann'), member('ben', { screen: true }), member('cleo')],
  peers: new Map(),
  me: 'ann',
  hands: [],
  audioOnly: false,
  microphone: 'on',
  picture: undefined,
  screen: undefined,
  person: (userId) => ({ userId, name: userId, colour: participantColour(userId) }),
});
const people = tiles.filter(({ role }) => role === 'camera');

function main(of: typeof tiles, more: Partial<Parameters<typeof mainTile>[1]> = {}): string | undefined {
  const index = mainTile(of, { pinned: undefined, layout: 'grid', latest: undefined, ...more });
  return index === undefined ? undefined : of[index]?.key;
}

describe('main tile', () => {
  it('is a screen that somebody shares, and none in a grid without', () => {
    expect(main(tiles)).toBe('ben:screen');
    expect(main(people)).toBeUndefined();
  });

  it('is what was pinned, while it is there', () => {
    expect(main(tiles, { pinned: 'cleo:camera' })).toBe('cleo:camera');
    expect(main(people, { pinned: 'gone:camera' })).toBeUndefined();
  });

  it('is who spoke last, in the speaker layout, and never oneself', () => {
    expect(main(people, { layout: 'speaker', latest: 'cleo' })).toBe('cleo:camera');
    expect(main(people, { layout: 'speaker' })).toBe('ben:camera');
  });
});
