import type { NewPage } from '@parley/board';
import type { ExchangeFile } from '@parley/protocol';
import { fakeBoard, type FakeBoard } from './controls/testing/fake-board';
import { FilePlacer } from './file-placer';

const file = { id: '00000000-0000-4000-8000-00000000000a', name: 'café.pdf' } as ExchangeFile;
const sheet: NewPage = {
  kind: 'document',
  name: 'café.pdf',
  file: '00000000-0000-4000-8000-00000000000a',
  sheet: 1,
  width: 800,
  height: 1000,
};

describe('putting a file on the board', () => {
  let board: FakeBoard;
  let read: PromiseWithResolvers<readonly NewPage[]>;
  let isOver: boolean;
  let reads: number;
  let reported: unknown[];
  let placer: FilePlacer;
  const names = (): string[] => board.editor.scene.pages().map(({ name }) => name);

  beforeEach(() => {
    board = fakeBoard();
    read = Promise.withResolvers();
    [isOver, reads, reported] = [false, 0, []];
    placer = new FilePlacer({
      editor: () => board.editor,
      pages: () => ((reads += 1), read.promise),
      isOver: () => isOver,
      report: (error) => reported.push(error),
    });
  });

  it('is done once, however often it is asked for meanwhile, and turns to its first page', async () => {
    const both = [placer.place(file), placer.place(file)];
    read.resolve([sheet, { ...sheet, sheet: 2 }]);
    await Promise.all(both);
    expect([reads, names()]).toEqual([1, ['', 'café.pdf', 'café.pdf']]);
    expect(board.editor.page().sheet).toBe(1);
    board.editor.goTo('board');
    await placer.place(file);
    expect([reads, names().length, board.editor.page().sheet]).toEqual([1, 3, 1]);
  });

  it('is not done when the meeting ends while the file is read, or when the board is gone', async () => {
    const ended = placer.place(file);
    board.stands({ canWrite: false });
    read.resolve([sheet]);
    await ended;
    expect(names()).toEqual(['']);
    expect(board.editor.news().text).toBe('Nothing can be put on this board now.');
    board.stands({ canWrite: true });
    const left = placer.place(file);
    isOver = true;
    await left;
    expect(names()).toEqual(['']);
  });

  it('that cannot be read is told, and may be tried again', async () => {
    read.reject(new Error('Broken.'));
    await placer.place(file);
    expect(board.editor.news().text).toBe('café.pdf cannot be shown.');
    expect(reported).toHaveLength(1);
    read = Promise.withResolvers();
    read.resolve([sheet]);
    await placer.place(file);
    expect(names()).toEqual(['', 'café.pdf']);
  });
});
