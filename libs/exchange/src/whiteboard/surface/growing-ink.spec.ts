import { fakeContext, installFakePath } from '../testing/fake-canvas';
import type { Bitmap } from './bitmap';
import { GrowingInk } from './growing-ink';
import { InkPicture } from './ink-picture';
import { sightOf } from './sight';

const look = { id: 'a', size: 3, highlight: false, colour: 'ink' } as const;

function line(points: number, offset = 0): number[] {
  return Array.from({ length: points }, (_, at) => [offset + at * 3, Math.sin(at / 5) * 20, 0.5]).flat();
}

const page = { id: 'board', kind: 'board', name: '', width: 0, height: 0, locked: false, order: 0 } as const;
const sight = sightOf(page, { x: 0, y: 0, scale: 1 }, { width: 400, height: 300 }, 1);

describe('ink that grows', () => {
  beforeAll(installFakePath);

  it('keeps the paths of what does not change any more', () => {
    const ink = new GrowingInk(look);
    const points = line(500);
    for (let to = 1; to <= 500; to++) expect(ink.grow(points.slice(0, to * 3))).toBe(true);
    expect(ink.pieces).toHaveLength(7);
    const [first] = ink.pieces;
    const { end } = ink;
    ink.grow(points);
    expect(ink.end).toBe(end);
    ink.grow([...points, 1_600, 0, 0.5]);
    expect(ink.end).not.toBe(end);
    expect(ink.pieces[0]).toBe(first);
  });

  it('is begun anew when it is another line', () => {
    const ink = new GrowingInk(look);
    ink.grow(line(30));
    expect(ink.grow(line(30, 100))).toBe(false);
    expect(ink.grow(line(10))).toBe(false);
    expect(ink.grow(line(31))).toBe(true);
  });

  describe('as it is seen', () => {
    const made: { readonly bitmap: Bitmap; readonly calls: string[] }[] = [];
    let released: number;

    function bitmap(width: number, height: number): Bitmap {
      const { context, calls } = fakeContext();
      const each = {
        context,
        image: {} as CanvasImageSource,
        width,
        height,
        settle: () => undefined,
        release: () => void (released += 1),
      };
      made.push({ bitmap: each, calls });
      return each;
    }

    beforeEach(() => {
      made.length = 0;
      released = 0;
    });

    const fills = (calls: readonly string[]): number => calls.filter((call) => call.startsWith('fill ')).length;

    it('fills each piece once, however often it is drawn', () => {
      const points = line(500);
      const picture = new InkPicture({ ...look, points }, bitmap);
      for (let to = 300; to <= 500; to++)
        picture.draw(fakeContext().context, { ...look, points: points.slice(0, to * 3) }, sight, 'light');
      const { context, calls } = fakeContext();
      picture.draw(context, { ...look, points }, sight, 'light');
      expect(made).toHaveLength(1);
      expect(fills(made[0]?.calls ?? [])).toBe(7);
      // The picture, and the end.
      expect([fills(calls), calls.filter((call) => call.startsWith('drawImage')).length]).toEqual([1, 1]);
      picture.release();
      expect(released).toBe(1);
    });

    it('fills all of it anew from another place', () => {
      const picture = new InkPicture({ ...look, points: [] }, bitmap);
      const ink = { ...look, points: line(500) };
      picture.draw(fakeContext().context, ink, sight, 'light');
      const moved = sightOf(page, { x: 50, y: 0, scale: 1 }, { width: 400, height: 300 }, 1);
      picture.draw(fakeContext().context, ink, moved, 'light');
      expect(fills(made[0]?.calls ?? [])).toBe(14);
    });

    it('of a highlighter is as translucent where its pieces meet', () => {
      const picture = new InkPicture({ ...look, points: [] }, bitmap);
      const { context, calls } = fakeContext();
      picture.draw(context, { ...look, highlight: true, points: line(500) }, sight, 'light');
      // All of it is put together first.
      expect(made).toHaveLength(2);
      expect(calls.filter((call) => /^(fill |drawImage|globalAlpha)/u.test(call))).toEqual([
        'globalAlpha=0.4',
        'drawImage thing 0 0',
      ]);
    });
  });
});
