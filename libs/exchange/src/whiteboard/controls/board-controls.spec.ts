import { TestBed } from '@angular/core/testing';
import { findIn } from '../../person/directory';
import { elementOf, find } from '../../testing/element';
import { BoardControls } from './board-controls';
import { fakeBoard } from './testing/fake-board';

async function show(viewport?: { width: number; height: number }) {
  const board = fakeBoard(viewport);
  const fixture = TestBed.createComponent(BoardControls);
  fixture.componentRef.setInput('editor', board.editor);
  fixture.componentRef.setInput('person', findIn([]));
  const asked: string[] = [];
  for (const name of ['add', 'discard', 'done'] as const)
    fixture.componentInstance[name].subscribe(() => asked.push(name));
  document.body.replaceChildren(elementOf(fixture));
  await fixture.whenStable();
  return { board, fixture, asked };
}

describe('board controls', () => {
  beforeEach(() => {
    HTMLCanvasElement.prototype.getContext = () => null;
  });

  it.each([
    ['', { width: 1_000, height: 700 }],
    ['narrow', { width: 360, height: 600 }],
    ['narrow low', { width: 740, height: 300 }],
  ])('lie as there is room: %s', async (classes, viewport) => {
    const { fixture } = await show(viewport);
    expect(elementOf(fixture).className).toBe(classes);
  });

  it('pass on what is asked for', async () => {
    const { board, fixture, asked } = await show();
    find(fixture, '[aria-label="Add a file"]').click();
    board.stands({ refused: true, queued: 1 });
    await fixture.whenStable();
    find(fixture, 'parley-board-status button').click();
    expect(asked).toEqual(['add', 'discard']);
  });

  it('give the focus back after a click, and not after a key', async () => {
    const { fixture, asked } = await show({ width: 360, height: 600 });
    const click = (name: string, detail: number) =>
      find(fixture, `[aria-label="${name}"]`).dispatchEvent(new MouseEvent('click', { bubbles: true, detail }));
    click('Eraser', 0);
    click('More tools', 1);
    expect(asked).toEqual([]);
    click('Pen', 1);
    expect(asked).toEqual(['done']);
  });
});
