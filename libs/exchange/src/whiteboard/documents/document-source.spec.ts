import { openDocument } from './document-source';
import type { Pdf } from './pdf-library';

const never = new AbortController().signal;
const log: string[] = [];

/** A PDF of two pages of 720 by 360 points. */
const pdf: Pdf = {
  pages: 2,
  page: (number) =>
    Promise.resolve({
      width: 720,
      height: 360,
      draw: (pixelsPerPoint) => {
        log.push(`draw ${number} at ${pixelsPerPoint.toFixed(2)}`);
        return Promise.resolve(document.createElement('canvas'));
      },
      cleanup: () => log.push(`cleanup ${number}`),
    }),
  close: () => {
    log.push('close');
    return Promise.resolve();
  },
};

/** What the server gives: a PDF, or an image of 3,200 by 1,600 pixels. */
function serve(type: string, text: string): void {
  const content = {
    type,
    slice: () => content,
    text: () => Promise.resolve(text),
    arrayBuffer: () => Promise.resolve(new ArrayBuffer(0)),
  };
  Object.assign(globalThis, {
    fetch: () => Promise.resolve({ ok: true, blob: () => Promise.resolve(content) }),
    createImageBitmap: (_from: unknown, { resizeWidth = 3200, resizeHeight = 1600 }: ImageBitmapOptions = {}) =>
      Promise.resolve({ width: resizeWidth, height: resizeHeight, close: () => undefined }),
  });
}

const open = openDocument(() => Promise.resolve(pdf));

describe('a document', () => {
  beforeEach(() => (log.length = 0));

  it('that is a PDF is drawn in the board’s units, and lets go of one page before the next', async () => {
    serve('application/pdf', '');
    const source = await open('/file');
    expect(source.sheets).toBe(2);
    expect(await source.size(2)).toEqual({ width: 960, height: 480 });
    expect(await source.draw(1, 1.5, 16e6, never)).toMatchObject({ pixelsPerUnit: 1.5, sharpest: false });
    await source.draw(1, 3, 16e6, never);
    await source.draw(2, 1.5, 16e6, never);
    await source.close();
    expect(log).toEqual(['draw 1 at 2.00', 'draw 1 at 4.00', 'cleanup 1', 'draw 2 at 2.00', 'close']);
  });

  it('has no picture with too many pixels, and says that this is the sharpest', async () => {
    serve('', '%PDF-');
    const source = await open('/file');
    const { pixelsPerUnit, sharpest } = await source.draw(1, 100, 960 * 480 * 4, never);
    expect([pixelsPerUnit, sharpest]).toEqual([2, true]);
  });

  it('that is an image is no sharper than its pixels', async () => {
    serve('image/png', '\u0089PNG');
    const source = await open('/file');
    expect([source.sheets, await source.size(1)]).toEqual([1, { width: 1600, height: 800 }]);
    const coarse = await source.draw(1, 0.5, 16e6, never);
    expect([coarse.picture.width, coarse.sharpest]).toEqual([800, false]);
    const sharp = await source.draw(1, 8, 16e6, never);
    expect([sharp.picture.width, sharp.pixelsPerUnit, sharp.sharpest]).toEqual([3200, 2, true]);
    await expect(source.draw(2, 1, 16e6, never)).rejects.toThrow(RangeError);
    await expect(source.size(2)).rejects.toThrow(RangeError);
  });
});
