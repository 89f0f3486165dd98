import 'fake-indexeddb/auto';
import { forgetKeptBoards, IndexedDbKeep } from './indexed-db-keep';

describe('IndexedDbKeep', () => {
  const bytes = (...values: number[]) => Uint8Array.from(values);
  const read = async (keep: IndexedDbKeep) => (await keep.read()).map(({ update }) => [...update]);

  afterEach(() => forgetKeptBoards());

  it('keeps updates for their board and their user alone, in order', async () => {
    const mine = new IndexedDbKeep('ann', 'exchange/whiteboard:1');
    await mine.add(bytes(1));
    await new IndexedDbKeep('ann', 'exchange/whiteboard:2').add(bytes(2));
    await new IndexedDbKeep('ben', 'exchange/whiteboard:1').add(bytes(3));
    await mine.add(bytes(4));
    expect(await read(new IndexedDbKeep('ann', 'exchange/whiteboard:1'))).toEqual([[1], [4]]);
  });

  it('forgets what is removed', async () => {
    const keep = new IndexedDbKeep('ann', 'exchange/whiteboard:1');
    const first = await keep.add(bytes(1));
    await keep.add(bytes(2));
    await keep.remove([first, 999]);
    expect(await read(keep)).toEqual([[2]]);
  });

  it('forgets everything, also while a window has it open, and goes on', async () => {
    const keep = new IndexedDbKeep('ann', 'exchange/whiteboard:1');
    await keep.add(bytes(1));
    await forgetKeptBoards();
    expect(await read(keep)).toEqual([]);
    await keep.add(bytes(2));
    expect(await read(keep)).toEqual([[2]]);
  });
});
