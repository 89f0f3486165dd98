import fc from 'fast-check';
import type { Point } from '@parley/board';
import { applied, chained, turnOf } from './matrix';
import { type Sheet, sheetMatrix } from './sheet-matrix';

/** Where a reader shows a point of the PDF's page: the box is turned about its middle, clockwise, then seen from its top left. */
function shownAt({ box, rotation }: Sheet, { x, y }: Point): Point {
  const [width, height] = [box.maxX - box.minX, box.maxY - box.minY];
  const angle = (-rotation * Math.PI) / 180;
  const [right, up] = [x - (box.minX + box.maxX) / 2, y - (box.minY + box.maxY) / 2];
  const turned = {
    right: right * Math.cos(angle) - up * Math.sin(angle),
    up: right * Math.sin(angle) + up * Math.cos(angle),
  };
  const [shownWidth, shownHeight] = rotation % 180 === 0 ? [width, height] : [height, width];
  return { x: shownWidth / 2 + turned.right, y: shownHeight / 2 - turned.up };
}

const boxes = fc
  .record({
    minX: fc.integer({ min: -500, max: 500 }),
    minY: fc.integer({ min: -500, max: 500 }),
    width: fc.integer({ min: 10, max: 2000 }),
    height: fc.integer({ min: 10, max: 2000 }),
  })
  .map(({ minX, minY, width, height }) => ({ minX, minY, maxX: minX + width, maxY: minY + height }));
const sheets: fc.Arbitrary<Sheet> = fc.record({ box: boxes, rotation: fc.constantFrom(0, 90, 180, 270) });
const share = fc.double({ min: -1, max: 2, noNaN: true });

describe('from the board to a PDF’s page', () => {
  it('a point lands where a reader shows it under the same place, however the page is cropped and turned', () => {
    fc.assert(
      fc.property(sheets, share, share, fc.constantFrom(96 / 72, 1, 0.3), (sheet, right, down, unitsPerPoint) => {
        const { minX, minY, maxX, maxY } = sheet.box;
        const [width, height] = sheet.rotation % 180 === 0 ? [maxX - minX, maxY - minY] : [maxY - minY, maxX - minX];
        const page = { width: width * unitsPerPoint, height: height * unitsPerPoint };
        const point = { x: right * page.width, y: down * page.height };
        const shown = shownAt(sheet, applied(sheetMatrix(sheet, page), point));
        expect(shown.x * unitsPerPoint).toBeCloseTo(point.x, 5);
        expect(shown.y * unitsPerPoint).toBeCloseTo(point.y, 5);
      }),
    );
  });

  it.each([
    [0, { x: 10, y: 220 }],
    [90, { x: 10, y: 20 }],
    [180, { x: 110, y: 20 }],
    [270, { x: 110, y: 220 }],
  ] as const)('turned by %i° the top left of the board is the right corner', (rotation, corner) => {
    const box = { minX: 10, minY: 20, maxX: 110, maxY: 220 };
    expect(applied(sheetMatrix({ box, rotation }, { width: 1, height: 1 }), { x: 0, y: 0 })).toEqual(corner);
  });

  it('matrices are done one after the other', () => {
    const moved = [1, 0, 0, 1, 5, 6] as const;
    const stretched = [2, 0, 0, 3, 0, 0] as const;
    expect(applied(chained(moved, stretched), { x: 1, y: 1 })).toEqual({ x: 12, y: 21 });
    const turn = turnOf({ x: 0, y: 0, width: 20, height: 10, angle: Math.PI / 2 });
    const { x, y } = applied(turn, { x: 20, y: 5 });
    expect([x, y].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([10, 15]);
  });
});
