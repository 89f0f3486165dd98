import type { Scene, Shape } from '@parley/board';
import { emptyScene } from '../testing/scene';
import { fakeContext, installFakePath } from '../testing/fake-canvas';
import { ink, rectangle } from '../testing/shapes';
import { ShapeIndex } from './shape-index';
import { type Seen, TileCache, type TileOptions } from './tile-cache';
import { levelFor, tilesIn } from './tile-grid';

/** Two tiles beside each other. */
const seen: Seen = { page: 'board', view: { minX: 0, minY: 0, maxX: 1024, maxY: 512 }, pixelsPerUnit: 1 };

interface World {
  readonly scene: Scene;
  readonly tiles: TileCache;
  /** The ids that were painted since one last asked. */
  painted(): string[];
  made(): number;
  released(): number;
  drawn(at?: Seen): string[];
}

function world(options: Partial<TileOptions> & { readonly cost?: number } = {}): World {
  const scene = emptyScene();
  const index = new ShapeIndex(scene);
  const painted: string[] = [];
  let [made, released, clock] = [0, 0, 0];
  const paint = (_context: CanvasRenderingContext2D, { id }: Shape): void => {
    painted.push(id);
    clock += options.cost ?? 0;
  };
  const surface = () => {
    made++;
    return {
      context: fakeContext().context,
      image: {} as CanvasImageSource,
      settle: () => undefined,
      release: () => (released += 1),
    };
  };
  const tiles = new TileCache({ index, paint, surface, now: () => clock, ...options });
  scene.changes.subscribe((change) => {
    index.apply(change);
    tiles.apply(change);
  });
  return {
    scene,
    tiles,
    painted: () => painted.splice(0),
    made: () => made,
    released: () => released,
    drawn: (at = seen) => {
      const { context, calls } = fakeContext();
      tiles.draw(context, at);
      return calls.filter((call) => call.startsWith('drawImage'));
    },
  };
}

const left = { x: 100, y: 100 };
const right = { x: 700, y: 100 };

describe('tiles', () => {
  beforeAll(installFakePath);

  it('are of the power of two next to the scale, and cover the view', () => {
    expect([0.5, 1, 1.1, 1.5, 2, 4.2].map(levelFor)).toEqual([-1, 0, 0, 1, 1, 2]);
    expect(tilesIn('board', 1, { minX: -1, minY: 0, maxX: 257, maxY: 256 }).map(({ column }) => column)).toEqual([
      -1, 0, 1,
    ]);
  });

  it('each shape is painted once, and no more while nothing changes; of nothing no bitmap is made', () => {
    const { scene, tiles, painted, made, drawn } = world();
    scene.add([rectangle({ id: 'one', ...left })]);
    expect(tiles.bake(seen, 10)).toBe(false);
    expect(painted()).toEqual(['one']);
    expect(made()).toBe(1);
    expect(drawn()).toEqual(['drawImage thing 0 0 512 512']);
    tiles.bake(seen, 10);
    expect(painted()).toEqual([]);
  });

  it('a new topmost shape is painted onto what is there', () => {
    const { scene, tiles, painted, made } = world();
    scene.add([rectangle({ id: 'one', ...left })]);
    tiles.bake(seen, 10);
    painted();
    scene.add([rectangle({ id: 'two', ...left }), rectangle({ id: 'three', ...left })]);
    expect(painted()).toEqual(['two', 'three']);
    expect(tiles.bake(seen, 10)).toBe(false);
    expect(painted()).toEqual([]);
    expect(made()).toBe(1);
  });

  it('many new shapes at once are baked, and for none of them is asked what is above it', () => {
    const { scene, tiles, painted } = world();
    scene.add([rectangle({ id: 'one', ...left })]);
    tiles.bake(seen, 10);
    painted();
    const search = jest.spyOn(ShapeIndex.prototype, 'search');
    scene.add(Array.from({ length: 500 }, (_, at) => rectangle({ id: `many-${at}`, ...left })));
    expect(search).not.toHaveBeenCalled();
    search.mockRestore();
    expect(painted()).toEqual([]);
    expect(tiles.bake(seen, 10)).toBe(false);
    expect(painted()).toHaveLength(501);
  });

  it('what comes back below another is baked with it', () => {
    const { scene, tiles, painted } = world();
    scene.add([rectangle({ id: 'one', ...left })]);
    scene.remove(['one']);
    scene.add([rectangle({ id: 'two', ...left })]);
    tiles.bake(seen, 10);
    painted();
    scene.undo();
    scene.undo();
    tiles.bake(seen, 10);
    scene.add([rectangle({ id: 'above', ...left })]);
    scene.reorder(['above'], 'back');
    painted();
    tiles.bake(seen, 10);
    expect(painted()).toEqual(['above', 'one']);
  });

  it('only those of which something changed are baked again, where it was and where it is', () => {
    const { scene, tiles, painted } = world();
    scene.add([
      rectangle({ id: 'one', ...left }),
      rectangle({ id: 'two', ...right }),
      rectangle({ id: 'three', ...right }),
    ]);
    tiles.bake(seen, 10);
    painted();
    scene.change(new Map([['three', { colour: 'red' as const }]]));
    tiles.bake(seen, 10);
    expect(painted()).toEqual(['two', 'three']);
    scene.change(new Map([['three', { ...left }]]));
    tiles.bake(seen, 10);
    expect(painted()).toEqual(['one', 'three', 'two']);
  });

  it('take no more than their time in a frame, and the old one is seen until the new one is ready', () => {
    const { scene, tiles, painted, drawn } = world({ cost: 1 });
    scene.add(Array.from({ length: 64 }, (_, at) => rectangle({ id: `shape-${at}`, ...left })));
    while (tiles.bake(seen, 10));
    painted();
    scene.remove(['shape-0']);
    expect(tiles.bake(seen, 10)).toBe(true);
    expect(painted()).toHaveLength(32);
    expect(drawn()).toHaveLength(1);
    expect(tiles.size).toBe(2);
    scene.add([rectangle({ id: 'meanwhile', ...left })]);
    expect(painted()).toEqual(['meanwhile']);
    while (tiles.bake(seen, 10));
    const rest = painted();
    expect(rest).toHaveLength(32);
    expect(rest.at(-1)).toBe('meanwhile');
    expect(tiles.size).toBe(1);
  });

  it('of a board that is opened are seen while they are painted', () => {
    const { scene, tiles, painted, drawn } = world({ cost: 1 });
    scene.add(Array.from({ length: 64 }, (_, at) => rectangle({ id: `shape-${at}`, ...left })));
    expect(drawn()).toEqual([]);
    expect(tiles.bake(seen, 10)).toBe(true);
    expect(painted()).toHaveLength(32);
    expect(drawn()).toEqual(['drawImage thing 0 0 512 512']);
  });

  it('are settled the less often, the quicker their shapes are painted', () => {
    const settled = (cost: number): number => {
      const settle = jest.fn();
      const surface = () => ({
        context: fakeContext().context,
        image: {} as CanvasImageSource,
        settle,
        release: () => undefined,
      });
      const { scene, tiles } = world({ cost, surface });
      scene.add(Array.from({ length: 1_000 }, (_, at) => rectangle({ id: `shape-${at}`, ...left })));
      while (tiles.bake(seen, 40));
      return settle.mock.calls.length;
    };
    expect(settled(1)).toBe(Math.ceil(1_000 / 32));
    expect(settled(0.01)).toBe(3);
  });

  it('leave out what is moved, and show it again afterwards', () => {
    const { scene, tiles, painted } = world();
    scene.add([rectangle({ id: 'one', ...left }), rectangle({ id: 'two', ...left })]);
    tiles.bake(seen, 10);
    painted();
    tiles.hide([scene.shape('one')!]);
    tiles.bake(seen, 10);
    expect(painted()).toEqual(['two']);
    tiles.hide([]);
    tiles.bake(seen, 10);
    expect(painted()).toEqual(['one', 'two']);
  });

  it('those of another zoom are shown until the right ones are there', () => {
    const { scene, tiles, drawn } = world();
    scene.add([rectangle({ id: 'one', ...left })]);
    tiles.bake(seen, 10);
    const near: Seen = { ...seen, view: { minX: 0, minY: 0, maxX: 256, maxY: 256 }, pixelsPerUnit: 2 };
    expect(drawn(near)).toEqual(['drawImage thing 0 0 1024 1024']);
    tiles.bake(near, 10);
    expect(drawn(near)).toEqual(['drawImage thing 0 0 512 512']);
  });

  it('the ones not seen for long are given back, those that are seen are not', () => {
    const { scene, tiles, released, drawn } = world({ tilesMax: 2 });
    const places = [0, 1, 2, 3, 4, 5];
    scene.add(places.map((at) => rectangle({ id: `at-${at}`, x: at * 1024 + 100, y: 10 })));
    for (const at of places) {
      const here: Seen = { ...seen, view: { ...seen.view, minX: at * 1024, maxX: at * 1024 + 1024 } };
      tiles.bake(here, 10);
      drawn(here);
      tiles.bake(here, 10);
      expect(tiles.size).toBeLessThanOrEqual(2);
    }
    expect(released()).toBe(4);
    tiles.clear();
    expect(tiles.size).toBe(0);
  });

  it('a way over empty paper costs no bitmap, and gives none back until far too many places are known', () => {
    const { scene, tiles, released, drawn, made } = world({ tilesMax: 2 });
    scene.add([rectangle({ ...left, id: 'kept' })]);
    tiles.bake(seen, 10);
    drawn();
    for (const at of [1, 2, 3, 4]) {
      const here: Seen = { ...seen, view: { ...seen.view, minX: at * 1024, maxX: at * 1024 + 1024 } };
      tiles.bake(here, 10);
      drawn(here);
    }
    expect([made(), released()]).toEqual([1, 0]);
  });

  it('are ready where nothing is stale that is seen', () => {
    const { scene, tiles } = world();
    const [there, elsewhere] = [
      { minX: 100, minY: 100, maxX: 200, maxY: 150 },
      { minX: 5_000, minY: 0, maxX: 5_100, maxY: 10 },
    ];
    expect(tiles.isReady(there, seen)).toBe(false);
    expect(tiles.isReady(elsewhere, seen)).toBe(true);
    tiles.bake(seen, 10);
    expect(tiles.isReady(there, seen)).toBe(true);
    scene.add([rectangle({ ...left, id: 'new' })]);
    expect(tiles.isReady(there, seen)).toBe(false);
  });

  it('know of a highlighter that reaches over from beside them, as wide as it is', () => {
    const { scene, tiles, painted } = world();
    // It ends 20 before the second tile, and is 4 × 14 wide.
    scene.add([ink({ id: 'wide', x: 392, y: 100, size: 14, highlight: true })]);
    tiles.bake(seen, 10);
    expect(painted()).toEqual(['wide', 'wide']);
  });
});
