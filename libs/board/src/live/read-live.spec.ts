import { readLive } from './read-live';

const ink = { id: 'i', colour: 'red', size: 3, highlight: false, from: 0, points: [0, 0, 0.5] } as const;
const box = [0, 0, 10, 10, 0];

describe('what others say of what they do', () => {
  it('is read as it is', () => {
    const live = {
      page: 'board',
      cursor: [1, 2],
      ink,
      drafts: [{ id: 'd', box, made: { kind: 'arrow', colour: 'ink', size: 2, filled: false } }],
      laser: [1, 2, 3, 4],
      view: { x: 0, y: 0, width: 800, height: 600 },
    };
    expect(readLive(live)).toEqual(live);
  });

  it.each([
    ['nothing', null],
    ['no page', {}],
    ['the name of a page without an end', { page: 'p'.repeat(65) }],
    ['a place that is no number', { page: 'p', cursor: [Number.NaN, 0] }],
    ['a place without an end', { page: 'p', cursor: [0, Number.POSITIVE_INFINITY] }],
    ['a place beyond everything', { page: 'p', cursor: [0, 1e9] }],
    ['more ink than a message has', { page: 'p', ink: { ...ink, points: new Array<number>(3_001).fill(0) } }],
    ['ink that goes on for longer than a line can', { page: 'p', ink: { ...ink, from: 5_001 } }],
    ['ink as wide as the board', { page: 'p', ink: { ...ink, size: 401 } }],
    ['a colour that is none', { page: 'p', ink: { ...ink, colour: '__proto__' } }],
    ['more drafts than hands', { page: 'p', drafts: new Array(201).fill({ id: 'd', box }) }],
    ['half a box', { page: 'p', drafts: [{ id: 'd', box: [0, 0] }] }],
    ['more of a laser than is seen', { page: 'p', laser: new Array<number>(401).fill(0) }],
    ['a view of nowhere', { page: 'p', view: { x: 0, y: 0, width: Number.NaN, height: 1 } }],
  ])('is ignored where it is %s', (_what, live) => {
    expect(readLive(live)).toBeUndefined();
  });
});
