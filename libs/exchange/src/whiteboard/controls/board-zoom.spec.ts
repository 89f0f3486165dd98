import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { elementOf, find } from '../../testing/element';
import { fakeContext } from '../testing/fake-canvas';
import { BackToContent } from './back-to-content';
import { BoardZoom } from './board-zoom';
import { bringIntoView, knownBounds } from '../editor/bring-into-view';
import { box, type FakeBoard, fakeBoard } from './testing/fake-board';

const drawn: string[] = [];

async function show<T>(component: new () => T, board: FakeBoard): Promise<ComponentFixture<T>> {
  const fixture = TestBed.createComponent(component);
  fixture.componentRef.setInput('editor', board.editor);
  document.body.replaceChildren(elementOf(fixture));
  await fixture.whenStable();
  return fixture;
}

async function press(fixture: ComponentFixture<unknown>, name: string): Promise<void> {
  find(fixture, `[aria-label="${name}"]`).click();
  await fixture.whenStable();
}

function point(fixture: ComponentFixture<unknown>, type: string, x: number, y: number): void {
  const event = new MouseEvent(type, { bubbles: true, button: 0 });
  Object.defineProperties(event, { offsetX: { value: x }, offsetY: { value: y }, pointerId: { value: 1 } });
  find(fixture, 'canvas').dispatchEvent(event);
}

describe('board zoom', () => {
  beforeEach(() => {
    localStorage.clear();
    const { context, calls } = fakeContext();
    drawn.length = 0;
    calls.push = (...added) => drawn.push(...added);
    HTMLCanvasElement.prototype.getContext = (() => context) as never;
    HTMLCanvasElement.prototype.setPointerCapture = () => undefined;
  });
  afterEach(() => jest.useRealTimers());

  it('zooms in and out about the middle, to 100 %, and to everything', async () => {
    const board = fakeBoard();
    const fixture = await show(BoardZoom, board);
    const middle = board.editor.centre();
    await press(fixture, 'Zoom in');
    expect([board.editor.camera().scale, board.editor.centre()]).toEqual([1.25, middle]);
    expect(find(fixture, '.percent').textContent.trim()).toBe('125 %');
    await press(fixture, '125 %. Zoom to 100 %');
    expect(board.editor.camera().scale).toBe(1);
    await press(fixture, 'Zoom out');
    expect(board.editor.camera().scale).toBe(0.8);
    board.editor.scene.add([box(10_000, 0)]);
    await press(fixture, 'Show everything');
    expect(board.editor.centre().x).toBeCloseTo(10_050);
  });

  it('stops at the limits', async () => {
    const board = fakeBoard();
    const fixture = await show(BoardZoom, board);
    board.editor.zoom(1_000);
    await fixture.whenStable();
    expect(find(fixture, '[aria-label="Zoom in"]').getAttribute('aria-disabled')).toBe('true');
    board.editor.zoom(1 / 100_000);
    await fixture.whenStable();
    expect(find(fixture, '[aria-label="Zoom out"]').getAttribute('aria-disabled')).toBe('true');
  });

  it('has a map, whose frame is dragged over the page; it can be hidden, and stays so', async () => {
    const board = fakeBoard();
    board.editor.scene.add([box(0, 0), box(2_000, 1_500)]);
    const fixture = await show(BoardZoom, board);
    expect(drawn.filter((call) => call.startsWith('fillRect'))).toHaveLength(2);
    expect(drawn.filter((call) => call.startsWith('strokeRect'))).toHaveLength(1);
    point(fixture, 'pointermove', 88, 56);
    expect(board.editor.camera()).toMatchObject({ x: 0, y: 0 });
    // The middle of the map is the middle of the page.
    point(fixture, 'pointerdown', 88, 56);
    expect(board.editor.centre().x).toBeCloseTo(1_050);
    point(fixture, 'pointermove', 0, 0);
    expect(board.editor.centre().x).toBeLessThan(0);
    point(fixture, 'pointerup', 0, 0);
    point(fixture, 'pointermove', 88, 56);
    expect(board.editor.centre().x).toBeLessThan(0);
    await press(fixture, 'Map');
    expect(elementOf(fixture).querySelector('canvas')).toBeNull();
    expect(elementOf(await show(BoardZoom, board)).querySelector('canvas')).toBeNull();
  });

  it('has no map of a sheet', async () => {
    const board = fakeBoard();
    const fixture = await show(BoardZoom, board);
    const file = '6f1c1d3e-0000-4000-8000-000000000009';
    const [page = ''] = board.editor.scene.addPages([
      { kind: 'document', name: 'a.pdf', file, sheet: 1, width: 100, height: 100 },
    ]);
    expect(elementOf(fixture).querySelector('parley-board-minimap')).not.toBeNull();
    board.editor.goTo(page);
    await fixture.whenStable();
    expect(elementOf(fixture).querySelector('parley-board-minimap, [aria-label=Map]')).toBeNull();
  });

  it('is one button where there is little room, without a map', async () => {
    const board = fakeBoard({ width: 360, height: 600 });
    const fixture = await show(BoardZoom, board);
    expect(elementOf(fixture).querySelector('canvas')).toBeNull();
    await press(fixture, 'Zoom, 100 %');
    const items = [...document.querySelectorAll<HTMLElement>('[mat-menu-item]')];
    expect(items.map(({ textContent }) => textContent.trim())).toEqual([
      'Zoom in',
      'Zoom out',
      '100 %',
      'Show everything',
    ]);
    items[0]!.click();
    expect(board.editor.camera().scale).toBe(1.25);
  });

  it('leads back when nothing is in view', async () => {
    // From the beginning: it looks at the clock when it is made.
    jest.useFakeTimers({ advanceTimers: true });
    const board = fakeBoard();
    const fixture = await show(BackToContent, board);
    const offered = (): boolean => {
      fixture.detectChanges();
      jest.advanceTimersByTime(1_000);
      fixture.detectChanges();
      return elementOf(fixture).querySelector('button') !== null;
    };
    board.editor.setCamera({ x: 5_000, y: 0, scale: 1 });
    expect(offered()).toBe(false);
    board.editor.scene.add([box(0, 0)]);
    expect(offered()).toBe(true);
    find(fixture, 'button').click();
    expect(offered()).toBe(false);
    expect(board.editor.centre()).toEqual({ x: 50, y: 25 });
  });

  it('brings into view what is not, as large as it was where it has room', () => {
    const board = fakeBoard();
    const ids = board.editor.scene.add([box(10, 10), box(3_000, 0), { ...box(0, 0), width: 4_000 }]);
    const [here, far, wide] = ids.map((id) => knownBounds(board.editor.scene.shape(id)!));
    const before = board.editor.camera();
    bringIntoView(board.editor, here!);
    expect(board.editor.camera()).toBe(before);
    bringIntoView(board.editor, far!);
    expect([board.editor.camera().scale, board.editor.centre()]).toEqual([1, { x: 3_050, y: 25 }]);
    bringIntoView(board.editor, wide!);
    expect(board.editor.camera().scale).toBeLessThan(0.2);
  });
});
