import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { elementOf, find } from '../../testing/element';
import { BoardNewsLine } from './board-news';
import { BoardStatusPill } from './board-status';
import { box, type FakeBoard, fakeBoard } from './testing/fake-board';

function show<T>(component: new () => T, board: FakeBoard): ComponentFixture<T> {
  const fixture = TestBed.createComponent(component);
  fixture.componentRef.setInput('editor', board.editor);
  document.body.replaceChildren(elementOf(fixture));
  fixture.detectChanges();
  return fixture;
}

function pass(fixture: ComponentFixture<unknown>, milliseconds: number): void {
  jest.advanceTimersByTime(milliseconds);
  fixture.detectChanges();
}

function said(fixture: ComponentFixture<unknown>): string {
  fixture.detectChanges();
  return find(fixture, '[role=status]').textContent.trim();
}

describe('board status', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it.each([
    [{ state: 'opening' as const, canWrite: false }, 'Opening the board…'],
    [{ state: 'failed' as const, canWrite: false }, 'The board could not be read. It is tried again.'],
    [{ canWrite: false }, 'The meeting is over: the board can be read'],
    [{ refused: true, queued: 2 }, '2 changes could not be saved: the meeting ended first'],
    [{}, ''],
  ])('says of %j: %s', (stands, text) => {
    const board = fakeBoard();
    const fixture = show(BoardStatusPill, board);
    board.stands(stands);
    expect(said(fixture)).toBe(text);
  });

  it('knows from the page why one may only look, and that the page is locked', () => {
    const board = fakeBoard();
    const fixture = show(BoardStatusPill, board);
    board.editor.scene.setLocked('board', true);
    expect(said(fixture)).toBe('This page is locked');
    board.stands({ canWrite: false });
    fixture.componentRef.setInput('because', 'You no longer take part in this meeting.');
    expect(said(fixture)).toBe('You no longer take part in this meeting.');
  });

  it('says what waits for the connection, and for a while that it is saved', () => {
    const board = fakeBoard();
    const fixture = show(BoardStatusPill, board);
    fixture.componentRef.setInput('connected', false);
    board.stands({ queued: 1 });
    expect(said(fixture)).toBe('1 change queued. You can go on.');
    board.stands({ queued: 3 });
    expect(said(fixture)).toBe('3 changes queued. You can go on.');
    // Else each stroke would be spoken.
    expect(find(fixture, '[role=status] span[aria-hidden=true]').textContent.trim()).toBe('3');
    fixture.componentRef.setInput('connected', true);
    fixture.detectChanges();
    board.stands({ queued: 0 });
    expect(said(fixture)).toBe('Saved');
    pass(fixture, 4_000);
    expect(said(fixture)).toBe('');
  });

  it('says nothing of what is saved at once, and of what takes long that it does', () => {
    const board = fakeBoard();
    const fixture = show(BoardStatusPill, board);
    board.stands({ queued: 1 });
    expect(said(fixture)).toBe('');
    pass(fixture, 1_000);
    board.stands({ queued: 0 });
    expect(said(fixture)).toBe('');
    board.stands({ queued: 2 });
    fixture.detectChanges();
    pass(fixture, 3_000);
    expect(said(fixture)).toBe('Saving your changes…');
    board.stands({ queued: 0 });
    expect(said(fixture)).toBe('Saved');
  });

  it('offers to discard what was refused', () => {
    const board = fakeBoard();
    const fixture = show(BoardStatusPill, board);
    let discarded = 0;
    fixture.componentInstance.discard.subscribe(() => discarded++);
    expect(elementOf(fixture).querySelector('button')).toBeNull();
    board.stands({ refused: true, queued: 1 });
    fixture.detectChanges();
    find(fixture, 'button').click();
    expect(discarded).toBe(1);
  });
});

describe('board news', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  function cleared(): { board: FakeBoard; fixture: ComponentFixture<BoardNewsLine>; toast: () => Element | null } {
    const board = fakeBoard();
    const fixture = show(BoardNewsLine, board);
    board.editor.scene.add([box(0, 0)]);
    board.editor.commands.clear();
    fixture.detectChanges();
    return { board, fixture, toast: () => elementOf(fixture).querySelector('.toast') };
  }

  it('speaks, and says the same again as something new', () => {
    const board = fakeBoard();
    const fixture = show(BoardNewsLine, board);
    board.editor.tell('café 👩‍👩‍👧');
    expect(said(fixture)).toBe('café 👩‍👩‍👧');
    const before = find(fixture, '[role=status]').textContent;
    board.editor.tell('café 👩‍👩‍👧');
    expect(said(fixture)).toBe('café 👩‍👩‍👧');
    expect(find(fixture, '[role=status]').textContent).not.toBe(before);
    expect(elementOf(fixture).querySelector('.toast')).toBeNull();
  });

  it('offers to undo, for ten seconds in which nobody is at it', () => {
    const { fixture, toast } = cleared();
    pass(fixture, 9_000);
    expect(toast()?.textContent).toContain('Everything on this page is cleared.');
    toast()!.dispatchEvent(new Event('pointerenter'));
    fixture.detectChanges();
    pass(fixture, 60_000);
    expect(toast()).not.toBeNull();
    find(fixture, '.worded').focus();
    toast()!.dispatchEvent(new Event('pointerleave'));
    fixture.detectChanges();
    pass(fixture, 60_000);
    expect(toast()).not.toBeNull();
    find(fixture, '.worded').blur();
    fixture.detectChanges();
    pass(fixture, 10_000);
    expect(toast()).toBeNull();
  });

  it('undoes, and gives the focus back', () => {
    const { board, fixture, toast } = cleared();
    let done = 0;
    fixture.componentInstance.done.subscribe(() => done++);
    find(fixture, '.worded').focus();
    find(fixture, '.worded').click();
    fixture.detectChanges();
    expect([board.editor.shapes().length, toast(), done]).toEqual([1, null, 1]);
  });

  it('offers nothing any more after another change of one’s own', () => {
    const { board, fixture, toast } = cleared();
    board.editor.scene.add([box(0, 0)]);
    fixture.detectChanges();
    expect(toast()).toBeNull();
  });

  it('can be dismissed', () => {
    const { board, fixture, toast } = cleared();
    find(fixture, '[aria-label="Dismiss"]').click();
    fixture.detectChanges();
    expect([board.editor.shapes().length, toast()]).toEqual([0, null]);
  });
});
