import fc from 'fast-check';
import { type Camera, fitted, panned, SCALE_MAX, SCALE_MIN, toScreen, toWorld, viewOf, zoomedAbout } from './camera';

const place = (far: number) => fc.double({ min: -far, max: far, noNaN: true });
const points = fc.record({ x: place(2000), y: place(2000) });
const cameras: fc.Arbitrary<Camera> = fc.record({
  x: place(50_000),
  y: place(50_000),
  scale: fc.double({ min: SCALE_MIN, max: SCALE_MAX, noNaN: true }),
});

describe('the camera', () => {
  it('finds the way from the screen to the page and back', () => {
    fc.assert(
      fc.property(cameras, points, (camera, point) => {
        const back = toScreen(camera, toWorld(camera, point));
        expect(back.x).toBeCloseTo(point.x, 4);
        expect(back.y).toBeCloseTo(point.y, 4);
      }),
    );
  });

  it('zooms within its limits about what is below a point', () => {
    fc.assert(
      fc.property(cameras, points, fc.double({ min: 0.01, max: 100, noNaN: true }), (camera, point, factor) => {
        const zoomed = zoomedAbout(camera, point, factor);
        expect(zoomed.scale).toBeGreaterThanOrEqual(SCALE_MIN);
        expect(zoomed.scale).toBeLessThanOrEqual(SCALE_MAX);
        const after = toScreen(zoomed, toWorld(camera, point));
        expect(after.x).toBeCloseTo(point.x, 4);
        expect(after.y).toBeCloseTo(point.y, 4);
      }),
    );
  });

  it('pans by what the finger moved, and not out of the world', () => {
    expect(panned({ x: 10, y: 10, scale: 2 }, 20, -20)).toEqual({ x: 0, y: 20, scale: 2 });
    expect(panned({ x: 0, y: 0, scale: 1 }, 1e9, -1e9)).toEqual({ x: -1e6, y: 1e6, scale: 1 });
  });

  it('shows all that is fitted, in the middle, and never larger than it is', () => {
    const sizes = fc.integer({ min: 0, max: 12_000 });
    fc.assert(
      fc.property(points, sizes, sizes, ({ x, y }, across, down) => {
        const bounds = { minX: x, minY: y, maxX: x + across, maxY: y + down };
        const camera = fitted(bounds, { width: 1000, height: 700 });
        expect(camera.scale).toBeLessThanOrEqual(1);
        const seen = viewOf(camera, { width: 1000, height: 700 });
        expect(seen.minX).toBeLessThanOrEqual(bounds.minX);
        expect(seen.maxX).toBeGreaterThanOrEqual(bounds.maxX);
        expect(seen.minY).toBeLessThanOrEqual(bounds.minY);
        expect(seen.maxY).toBeGreaterThanOrEqual(bounds.maxY);
        expect((seen.minX + seen.maxX) / 2).toBeCloseTo((bounds.minX + bounds.maxX) / 2, 4);
      }),
    );
  });

  it('fits beside what lies over the view', () => {
    const insets = { left: 200, top: 100, right: 0, bottom: 0 };
    const bounds = { minX: 0, minY: 0, maxX: 2_000, maxY: 100 };
    const camera = fitted(bounds, { width: 1000, height: 700 }, insets);
    expect(toScreen(camera, { x: 0, y: 50 }).x).toBeCloseTo(232);
    expect(toScreen(camera, { x: 0, y: 50 }).y).toBeCloseTo(400);
    expect(toScreen(camera, { x: 2_000, y: 50 }).x).toBeCloseTo(968);
  });
});
