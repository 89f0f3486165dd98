import { DocumentBackdrops, type DocumentBackdropsOptions } from './document-backdrops';
import { FileUnreadable } from './fetch-file';
import { Documents } from './pdf-documents';
import { FakeDocuments, settled, sheetOf } from './testing/fake-documents';

interface UnderTest {
  readonly fake: FakeDocuments;
  readonly backdrops: DocumentBackdrops;
  readonly changes: () => number;
}

const made: DocumentBackdrops[] = [];

function backdrops(more: Partial<DocumentBackdropsOptions> = {}): UnderTest {
  const fake = new FakeDocuments();
  const documents = new Documents({ exchangeId: 'one', open: fake.open });
  const all = new DocumentBackdrops({ documents, ...more });
  made.push(all);
  let changes = 0;
  all.changes.subscribe(() => changes++);
  return { fake, backdrops: all, changes: () => changes };
}

describe('what lies under the ink', () => {
  afterEach(() => {
    for (const each of made.splice(0)) each.close();
    jest.useRealTimers();
  });

  it('is drawn when it is asked for, as sharp as wanted, and again when it becomes too coarse', async () => {
    const { fake, backdrops: all, changes } = backdrops();
    expect(all.of(sheetOf('a'), 1)).toBeUndefined();
    await settled();
    expect(fake.running()).toEqual(['a/1@1.00']);
    await fake.finish();
    expect(changes()).toBe(1);
    expect(all.of(sheetOf('a'), 1)).toMatchObject({ width: 100 });
    // Coarser for now, and on its way: in steps, so that zooming a little more does not draw again.
    expect(all.of(sheetOf('a'), 1.2)).toMatchObject({ width: 100 });
    expect(all.of(sheetOf('a'), 1.3)).toMatchObject({ width: 100 });
    await settled();
    expect(fake.running()).toEqual(['a/1@1.41']);
    await fake.finish();
    expect(all.of(sheetOf('a'), 1.3)).toMatchObject({ width: 100 * Math.SQRT2 });
    // Zoomed out again, it is sharp enough.
    expect(all.of(sheetOf('a'), 0.3)).toMatchObject({ width: 100 * Math.SQRT2 });
  });

  it('is coarse first where a very sharp one takes long', async () => {
    const { fake, backdrops: all } = backdrops();
    all.of(sheetOf('a'), 4);
    await settled();
    expect(fake.running()).toEqual(['a/1@1.50']);
    await fake.finish();
    all.of(sheetOf('a'), 4);
    await settled();
    expect(fake.running()).toEqual(['a/1@4.00']);
    await fake.finish(true);
    // It does not become sharper than it can be.
    all.of(sheetOf('a'), 16);
    await settled();
    expect(fake.running()).not.toContain('a/1@16.00');
  });

  it('is drawn for the page in view first; what was in view before is stopped, and what is long gone is dropped', async () => {
    const { fake, backdrops: all } = backdrops();
    for (const sheet of [1, 2, 3, 4, 5]) {
      all.of(sheetOf('a', sheet), 1);
      await settled();
      expect(fake.running()).toEqual([`a/${sheet}@1.00`]);
    }
    const drawn: string[] = [];
    while (fake.running().length > 0) {
      drawn.push(...fake.running());
      await fake.finish();
    }
    expect(drawn.slice(0, 3)).toEqual(['a/5@1.00', 'a/4@1.00', 'a/3@1.00']);
    expect(drawn).not.toContain('a/1@1.00');
  });

  it('of the pages beside the one in view is drawn ahead, coarsely, and gives way', async () => {
    const { fake, backdrops: all } = backdrops();
    all.of(sheetOf('a', 1), 1);
    await settled();
    await fake.finish();
    expect(fake.running()).toEqual(['a/2@0.50']);
    all.of(sheetOf('a', 9), 1);
    await settled();
    expect(fake.running()).toEqual(['a/9@1.00']);
    await fake.finish();
    expect(fake.running()).toEqual(['a/10@0.50']);
    await fake.finish();
    expect(fake.running()).toEqual(['a/8@0.50']);
    await fake.finish();
    expect(fake.running()).toEqual([]);
    expect(all.of(sheetOf('a', 8), 0.5)).toMatchObject({ width: 50 });
  });

  it('takes bounded memory: what was seen longest ago goes', async () => {
    // Room for two pictures of 100 by 100 pixels, and a bit.
    const { fake, backdrops: all } = backdrops({ bytesMax: 90_000 });
    for (const file of ['a', 'b', 'c']) {
      all.of(sheetOf(file), 1);
      await settled();
      await fake.finish();
    }
    expect(all.of(sheetOf('c'), 1)).toBeDefined();
    expect(all.of(sheetOf('b'), 1)).toBeDefined();
    expect(all.of(sheetOf('a'), 1)).toBeUndefined();
  });

  it('says what is wrong with a file, and tries again where that may help', async () => {
    jest.useFakeTimers();
    const { fake, backdrops: all, changes } = backdrops();
    const run = (): Promise<void> => jest.advanceTimersByTimeAsync(0);
    fake.fails = new FileUnreadable('This file cannot be loaded now.', false);
    all.of(sheetOf('a'), 1);
    await run();
    expect(all.trouble(sheetOf('a', 2))).toBe('This file cannot be loaded now.');
    expect(changes()).toBe(1);
    all.of(sheetOf('a'), 1);
    await run();
    expect(fake.log).toHaveLength(1);
    fake.fails = undefined;
    await jest.advanceTimersByTimeAsync(5_000);
    expect(all.trouble(sheetOf('a'))).toBeUndefined();
    expect(changes()).toBe(2);
    all.of(sheetOf('a'), 1);
    await run();
    expect(fake.running()).toEqual(['a/1@1.00']);
    fake.drawings[0]!.fail(new Error('pdf.js did not understand it.'));
    await run();
    expect(all.trouble(sheetOf('a'))).toBe('This page cannot be shown.');
    expect(all.trouble(sheetOf('a', 2))).toBeUndefined();
  });

  it('does not ask again for a file that was deleted', async () => {
    jest.useFakeTimers();
    const { fake, backdrops: all } = backdrops();
    fake.fails = new FileUnreadable('This file was deleted.', true);
    all.of(sheetOf('a'), 1);
    await jest.advanceTimersByTimeAsync(60_000);
    all.of(sheetOf('a'), 1);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(fake.log).toHaveLength(1);
    expect(all.trouble(sheetOf('a'))).toBe('This file was deleted.');
  });

  it('is rendered for export, and that is not stopped by paging', async () => {
    const { fake, backdrops: all } = backdrops();
    const exported = all.render(sheetOf('a', 7), 3);
    await settled();
    all.of(sheetOf('a', 1), 1);
    await settled();
    expect(fake.running()).toEqual(['a/7@3.00']);
    await fake.finish();
    expect(await exported).toMatchObject({ width: 300 });
    expect(fake.running()).toEqual(['a/1@1.00']);
    const failing = all.render(sheetOf('a', 8), 1);
    await fake.finish();
    fake.drawings[0]!.fail(new Error('No such thing.'));
    await expect(failing).rejects.toThrow('No such thing.');
  });

  it('ends what is under way when it is closed', async () => {
    const { fake, backdrops: all } = backdrops();
    const one = all.render(sheetOf('a', 7), 3);
    const two = all.render(sheetOf('a', 8), 3);
    await settled();
    all.close();
    await expect(one).rejects.toMatchObject({ name: 'AbortError' });
    await expect(two).rejects.toMatchObject({ name: 'AbortError' });
    await settled();
    expect(fake.running()).toEqual([]);
    expect(all.of(sheetOf('a', 7), 1)).toBeUndefined();
    await expect(all.render(sheetOf('a', 7), 3)).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('is nothing on a page without a document', async () => {
    const { fake, backdrops: all } = backdrops();
    const board = { ...sheetOf('a'), kind: 'board' } as const;
    expect([all.of(board, 1), all.trouble({ ...board, file: undefined })]).toEqual([undefined, undefined]);
    await expect(all.render(board, 1)).rejects.toThrow(TypeError);
    await settled();
    expect(fake.log).toEqual([]);
  });
});
