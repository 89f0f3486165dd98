import { FIRST_PAGE, paperColour } from '@parley/board';
import { fakeContext, installFakePath } from '../../testing/fake-canvas';
import { emptyScene } from '../../testing/scene';
import { rectangle } from '../../testing/shapes';
import { sheetOf } from '../testing/fake-documents';
import { NothingToExport } from './export-area';
import { exportPng } from './export-png';

/** The canvases that were made, and what was drawn on them. */
function installFakeCanvas(): { readonly sizes: [number, number][]; readonly calls: string[] } {
  const sizes: [number, number][] = [];
  const { context, calls } = fakeContext();
  jest.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(context);
  jest.spyOn(HTMLCanvasElement.prototype, 'toBlob').mockImplementation(function (this: HTMLCanvasElement, done) {
    sizes.push([this.width, this.height]);
    done(new Blob(['png']));
  });
  return { sizes, calls };
}

const file = '00000000-0000-4000-8000-00000000000a';

describe('a page as PNG', () => {
  beforeAll(installFakePath);
  afterEach(() => jest.restoreAllMocks());

  it('has what is drawn on endless paper, on the paper that is seen, twice as sharp as on the board', async () => {
    const { sizes, calls } = installFakeCanvas();
    const scene = emptyScene();
    scene.add([rectangle({ x: 100, y: 50, width: 40, height: 20 })]);
    const { scale } = await exportPng(scene, scene.page(FIRST_PAGE)!, undefined, 'dark');
    expect([scale, sizes]).toEqual([2, [[152, 112]]]);
    expect(calls.slice(0, 4)).toEqual([
      `fillStyle=${paperColour.dark}`,
      'fillRect 0 0 152 112',
      'scale 2 2',
      'translate -82 -32',
    ]);
    expect(calls).toContain('rect 100 50 40 20');
  });

  it('is smaller where it would be too large for a browser', async () => {
    const { sizes } = installFakeCanvas();
    const scene = emptyScene();
    scene.add([rectangle({ width: 40_000, height: 10 })]);
    const { scale } = await exportPng(scene, scene.page(FIRST_PAGE)!, undefined, 'light');
    expect(scale).toBeCloseTo(16_384 / 40_036, 3);
    expect(sizes[0]![0]).toBe(16_384);
  });

  it('of a document has its page below what is drawn, and is light', async () => {
    const { sizes, calls } = installFakeCanvas();
    const scene = emptyScene();
    const [id] = scene.addPages([sheetOf(file)]);
    scene.add([rectangle({ page: id! })]);
    const asked: number[] = [];
    const render = (_page: unknown, pixelsPerUnit: number): Promise<CanvasImageSource> => {
      asked.push(pixelsPerUnit);
      return Promise.resolve({} as ImageBitmap);
    };
    await exportPng(scene, scene.page(id!)!, { render }, 'dark');
    expect([asked, sizes]).toEqual([[2], [[200, 200]]]);
    expect(calls[0]).toBe(`fillStyle=${paperColour.light}`);
    expect(calls.indexOf('drawImage thing 0 0 100 100')).toBeLessThan(calls.indexOf('stroke'));
    expect(calls).toContain('drawImage thing 0 0 100 100');
  });

  it('is none where nothing was drawn', async () => {
    const scene = emptyScene();
    await expect(exportPng(scene, scene.page(FIRST_PAGE)!, undefined, 'light')).rejects.toThrow(NothingToExport);
  });
});
