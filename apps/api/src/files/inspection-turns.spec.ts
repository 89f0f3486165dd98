import { InspectionTurns } from './inspection-turns';

describe('InspectionTurns', () => {
  let begun: string[];
  let turns: InspectionTurns;

  function start(atOnce: number): void {
    begun = [];
    turns = new InspectionTurns(atOnce);
  }

  async function take(...files: string[]): Promise<void> {
    for (const file of files) void turns.take(file.slice(0, 3)).then(() => begun.push(file));
    await settled();
  }

  async function give(userId: string): Promise<void> {
    turns.give(userId);
    await settled();
  }

  const settled = () => new Promise((resolve) => setImmediate(resolve));

  it('has as many at once as are allowed, of different users', async () => {
    start(2);
    await take('ann1', 'ann2', 'ben1', 'cle1');
    expect(begun).toEqual(['ann1', 'ben1']);
    await give('ben');
    expect(begun).toEqual(['ann1', 'ben1', 'cle1']);
  });

  it('lets nobody wait for more than one file of somebody else', async () => {
    start(1);
    await take('ann1', 'ann2', 'ann3', 'ben1', 'cle1', 'ben2');
    for (const userId of ['ann', 'ben', 'cle', 'ann', 'ben', 'ann']) await give(userId);
    expect(begun).toEqual(['ann1', 'ben1', 'cle1', 'ann2', 'ben2', 'ann3']);
    await take('ann4');
    expect(begun.at(-1)).toBe('ann4');
  });

  it('has one of a user at a time, also when nobody else waits', async () => {
    start(4);
    await take('ann1', 'ann2');
    expect(begun).toEqual(['ann1']);
    await give('ann');
    expect(begun).toEqual(['ann1', 'ann2']);
  });
});
