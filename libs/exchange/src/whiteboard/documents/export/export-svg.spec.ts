import { FIRST_PAGE, HIGHLIGHT_OPACITY, shades } from '@parley/board';
import { emptyScene } from '../../testing/scene';
import { ink, rectangle, words } from '../../testing/shapes';
import { sheetOf } from '../testing/fake-documents';
import { NothingToExport } from './export-area';
import { exportSvg } from './export-svg';

const measure = (text: string, size: number): number => text.length * size * 0.5;

function svgOf(text: string): Document {
  const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
  expect(parsed.querySelector('parsererror')).toBeNull();
  return parsed;
}

function numbersOf(element: Element, name: string): number[] {
  return (element.getAttribute(name) ?? '').match(/-?[\d.]+/gu)!.map(Number);
}

const file = '00000000-0000-4000-8000-00000000000a';

describe('a page as SVG', () => {
  it('has what is drawn, in its bounds', () => {
    const scene = emptyScene();
    scene.add([rectangle({ x: 100, y: 50, width: 40, height: 20, colour: 'red', filled: true })]);
    const svg = svgOf(exportSvg(scene, scene.page(FIRST_PAGE)!, 'dark', { measure }));
    expect(numbersOf(svg.documentElement, 'viewBox')).toEqual([82, 32, 76, 56]);
    const path = svg.querySelector('path')!;
    expect(path.getAttribute('d')).toBe('M100 50L140 50L140 70L100 70Z');
    expect(path.getAttribute('fill')).toBe(shades('red', 'dark').fill);
    expect(path.getAttribute('stroke')).toBe(shades('red', 'dark').line);
  });

  it('has ink as a filled path, and a highlighter’s lets through what is below', () => {
    const scene = emptyScene();
    scene.add([ink(), ink({ id: 'marked', highlight: true })]);
    const paths = [...svgOf(exportSvg(scene, scene.page(FIRST_PAGE)!, 'light', { measure })).querySelectorAll('path')];
    expect(paths.map((path) => path.getAttribute('fill-opacity'))).toEqual([String(HIGHLIGHT_OPACITY), null]);
    for (const path of paths) expect(path.getAttribute('d')).toMatch(/^M[\d.Q -]+Z$/u);
  });

  it('turns what is turned', () => {
    const scene = emptyScene();
    scene.add([rectangle({ width: 100, height: 50, angle: Math.PI / 2 }), words({ x: 300, angle: Math.PI / 2 })]);
    const svg = svgOf(exportSvg(scene, scene.page(FIRST_PAGE)!, 'light', { measure }));
    expect(svg.querySelector('path')!.getAttribute('d')).toBe('M75 -25L75 75L25 75L25 -25Z');
    expect(svg.querySelector('g')!.getAttribute('transform')).toBe('rotate(90 362 62)');
  });

  it('has the words as they were written, whatever they are', () => {
    const scene = emptyScene();
    const nasty = '<script>alert("1 & 2")</script>\u0000\ud800\n日本語 👩‍👩‍👧 café';
    scene.add([words({ words: nasty, width: 2000, height: 200 })]);
    const svg = svgOf(exportSvg(scene, scene.page(FIRST_PAGE)!, 'light', { measure }));
    expect(svg.querySelector('script')).toBeNull();
    expect([...svg.querySelectorAll('tspan')].map(({ textContent }) => textContent)).toEqual([
      '<script>alert("1 & 2")</script>',
      '日本語 👩‍👩‍👧 café',
    ]);
  });

  it('of a document is as large as its page, light, with the document below the ink', () => {
    const scene = emptyScene();
    const [id] = scene.addPages([{ ...sheetOf(file), name: 'a & b.pdf, 1 of 2' }]);
    scene.add([ink({ page: id! })]);
    const page = scene.page(id!)!;
    const svg = svgOf(exportSvg(scene, page, 'dark', { measure, backdrop: 'data:image/png;base64,AAAA' }));
    expect(numbersOf(svg.documentElement, 'viewBox')).toEqual([0, 0, 100, 100]);
    expect(svg.querySelector('title')!.textContent).toBe('a & b.pdf, 1 of 2');
    expect(svg.querySelector('image')!.getAttribute('href')).toBe('data:image/png;base64,AAAA');
    expect(svg.querySelector('rect')!.getAttribute('fill')).toBe('#ffffff');
    expect(svg.querySelector('image + path')!.getAttribute('fill')).toBe(shades('ink', 'light').line);
  });

  it('is none where nothing was drawn', () => {
    const scene = emptyScene();
    expect(() => exportSvg(scene, scene.page(FIRST_PAGE)!, 'light', { measure })).toThrow(NothingToExport);
  });
});
