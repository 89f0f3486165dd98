import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { elementOf, find } from '../../testing/element';
import { box, type FakeBoard, fakeBoard } from './testing/fake-board';
import { WordsField } from './words-field';

const note = { ...box(100, 50), kind: 'note', height: 100, size: 20, words: 'café' } as const;

async function show(board: FakeBoard): Promise<ComponentFixture<WordsField>> {
  const fixture = TestBed.createComponent(WordsField);
  fixture.componentRef.setInput('editor', board.editor);
  document.body.replaceChildren(elementOf(fixture));
  await fixture.whenStable();
  return fixture;
}

function field(fixture: ComponentFixture<unknown>): HTMLTextAreaElement {
  return find(fixture, 'textarea') as HTMLTextAreaElement;
}

async function type(fixture: ComponentFixture<unknown>, words: string): Promise<void> {
  field(fixture).value = words;
  field(fixture).dispatchEvent(new Event('input'));
  await fixture.whenStable();
}

function wordsOf(board: FakeBoard): unknown[] {
  return board.editor.shapes().map((shape) => 'words' in shape && shape.words);
}

describe('words field', () => {
  it('begins with the focus, above the place where the words will be, and writes letter by letter', async () => {
    const board = fakeBoard();
    const fixture = await show(board);
    expect(elementOf(fixture).querySelector('textarea')).toBeNull();
    board.editor.setCamera({ x: 10, y: 20, scale: 2 });
    board.editor.writer.begin('note', { x: 110, y: 120 });
    await fixture.whenStable();
    expect(document.activeElement).toBe(field(fixture));
    expect(field(fixture).style.transform).toContain('translate(0px, 0px) scale(2)');
    expect([field(fixture).style.padding, field(fixture).style.fontSize, field(fixture).dir]).toEqual([
      '12px',
      '18px',
      'auto',
    ]);
    await type(fixture, '日');
    await type(fixture, '日本語 👩‍👩‍👧');
    expect(wordsOf(board)).toEqual(['日本語 👩‍👩‍👧']);
    board.editor.setCamera({ x: 0, y: 20, scale: 1 });
    await fixture.whenStable();
    expect(field(fixture).style.transform).toContain('translate(10px, 0px) scale(1)');
  });

  it('grows with its words', async () => {
    const board = fakeBoard();
    const fixture = await show(board);
    board.editor.writer.begin('text', { x: 0, y: 0 });
    await fixture.whenStable();
    expect(parseFloat(field(fixture).style.blockSize)).toBeCloseTo(20 * 1.3);
    await type(fixture, 'one\ntwo\nthree');
    expect(parseFloat(field(fixture).style.blockSize)).toBeCloseTo(3 * 20 * 1.3);
  });

  it.each([
    ['Escape', {}],
    ['Enter', { ctrlKey: true }],
  ])('is done by %s, and gives the focus back', async (key, init) => {
    const board = fakeBoard();
    const [id = ''] = board.editor.scene.add([note]);
    const fixture = await show(board);
    let done = 0;
    fixture.componentInstance.done.subscribe(() => done++);
    board.editor.writer.resume(id);
    await fixture.whenStable();
    expect([field(fixture).value, field(fixture).selectionStart]).toEqual(['café', 4]);
    const press = (name: string, more: KeyboardEventInit) =>
      field(fixture).dispatchEvent(
        new KeyboardEvent('keydown', { key: name, cancelable: true, bubbles: true, ...more }),
      );
    press(key, { ...init, isComposing: true });
    press('Enter', {});
    expect(done).toBe(0);
    press(key, init);
    await fixture.whenStable();
    expect([done, board.editor.writer.writing(), elementOf(fixture).querySelector('textarea')]).toEqual([
      1,
      undefined,
      null,
    ]);
  });

  it('is done when it is left, and not when the window is', async () => {
    const board = fakeBoard();
    const [id = ''] = board.editor.scene.add([note]);
    const fixture = await show(board);
    board.editor.writer.resume(id);
    await fixture.whenStable();
    field(fixture).dispatchEvent(new FocusEvent('blur'));
    expect(board.editor.writer.writing()?.id).toBe(id);
    field(fixture).blur();
    expect(board.editor.writer.writing()).toBeUndefined();
  });

  it('shows what others write in the same words, and keeps the caret where it was', async () => {
    const board = fakeBoard();
    const [id = ''] = board.editor.scene.add([note]);
    const fixture = await show(board);
    board.editor.writer.resume(id);
    await fixture.whenStable();
    field(fixture).setSelectionRange(2, 3);
    board.editor.scene.setWords(id, 'un café');
    await fixture.whenStable();
    expect(field(fixture).value).toBe('un café');
    expect([field(fixture).selectionStart, field(fixture).selectionEnd]).toEqual([5, 6]);
  });

  it('lets an input method compose, and merges what came meanwhile', async () => {
    const board = fakeBoard();
    const [id = ''] = board.editor.scene.add([note]);
    const fixture = await show(board);
    board.editor.writer.resume(id);
    await fixture.whenStable();
    field(fixture).dispatchEvent(new CompositionEvent('compositionstart'));
    await type(fixture, 'caféに');
    board.editor.scene.setWords(id, 'un café');
    await fixture.whenStable();
    expect([field(fixture).value, wordsOf(board)]).toEqual(['caféに', ['un café']]);
    field(fixture).value = 'café日';
    field(fixture).dispatchEvent(new CompositionEvent('compositionend'));
    await fixture.whenStable();
    expect([field(fixture).value, wordsOf(board)]).toEqual(['un café日', ['un café日']]);
  });
});
