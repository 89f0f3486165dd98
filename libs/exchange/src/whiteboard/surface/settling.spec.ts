import { box, fakeBoard } from '../controls/testing/fake-board';
import { fakeContext, installFakePath } from '../testing/fake-canvas';
import { TileCache } from '../tiles/tile-cache';
import { liftedShapes, madeShapes } from './lifted';
import { Settling } from './settling';
import { sightOf } from './sight';

describe('what is seen while it changes', () => {
  beforeAll(installFakePath);

  function world() {
    const board = fakeBoard();
    const { editor } = board;
    const surface = () => ({
      context: fakeContext().context,
      image: {} as CanvasImageSource,
      settle: () => undefined,
      release: () => undefined,
    });
    const tiles = new TileCache({ index: editor.index, paint: () => undefined, surface });
    const settling = new Settling();
    editor.changes.subscribe((change) => {
      tiles.apply(change);
      settling.apply(change);
    });
    const { seen } = sightOf(editor.page(), editor.camera(), editor.viewport(), 1);
    const left = (): string[] => settling.left(tiles, seen, new Set()).map(({ id }) => id);
    return { ...board, tiles, settling, seen, left };
  }

  it('stays drawn from its end until the tiles show it', () => {
    const { editor, tiles, settling, seen, left } = world();
    settling.shown(new Set(['drawn']));
    editor.scene.add([
      { ...box(0, 0), id: 'drawn' },
      { ...box(0, 0), id: 'from-elsewhere' },
    ]);
    expect(left()).toEqual(['drawn']);
    settling.shown(new Set(left()));
    // Changed once more meanwhile, and still not ready.
    editor.scene.change(new Map([['drawn', { x: 5 }]]));
    expect(left()).toEqual(['drawn']);
    tiles.bake(seen, 10);
    expect(left()).toEqual([]);
  });

  it('is not drawn any more when it is removed', () => {
    const { editor, settling, left } = world();
    settling.shown(new Set(['drawn']));
    editor.scene.add([{ ...box(0, 0), id: 'drawn' }]);
    editor.scene.remove(['drawn']);
    expect(left()).toEqual([]);
  });

  it('is where it is moved to, here or by others, and only on this page', () => {
    const { editor, others } = world();
    editor.scene.add([
      { ...box(0, 0), id: 'mine' },
      { ...box(0, 0), id: 'theirs' },
      { ...box(0, 0), id: 'still' },
    ]);
    editor.show({ moved: { ids: new Set(['mine']), by: { x: 7, y: 8 } } });
    const drafts = [{ id: 'theirs', box: [1, 2, 3, 4, 0.5] }] as const;
    others.next([{ connectionId: 'c1', userId: 'ben', live: { page: 'board', drafts } }]);
    const lifted = liftedShapes(editor);
    expect([...lifted].map(([id, each]) => [id, each.box])).toEqual([
      ['theirs', { x: 1, y: 2, width: 3, height: 4, angle: 0.5 }],
      ['mine', { x: 7, y: 8, width: 100, height: 50, angle: 0 }],
    ]);
    others.next([{ connectionId: 'c1', userId: 'ben', live: { page: 'another', drafts } }]);
    editor.show(undefined);
    expect(liftedShapes(editor).size).toBe(0);
  });

  it('is what others draw, until it is in the scene', () => {
    const { editor, others } = world();
    const made = { kind: 'arrow', colour: 'red', size: 3, filled: false } as const;
    const drafts = [{ id: 'new', box: [1, 2, 30, 40, 0], made }] as const;
    others.next([{ connectionId: 'c1', userId: 'ben', live: { page: 'board', drafts } }]);
    expect(madeShapes(editor)).toMatchObject([{ id: 'new', kind: 'arrow', x: 1, width: 30, author: 'ben' }]);
    expect(liftedShapes(editor).size).toBe(0);
    editor.scene.add([{ ...box(1, 2), id: 'new' }]);
    expect(madeShapes(editor)).toEqual([]);
  });
});
