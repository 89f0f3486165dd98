import { FakeClock } from '@parley/client/testing';
import { Askers } from './askers';

describe('[K1] whoever asks', () => {
  it('is answered at once, and then twice a second at most, together with the others', async () => {
    const clock = new FakeClock();
    const answered: string[][] = [];
    const askers = new Askers(clock, (who) => answered.push([...who.keys()]));
    askers.ask('a', 'ann');
    expect(answered).toEqual([['a']]);
    for (let time = 0; time < 100; time += 1) askers.ask(`b${time % 2}`, 'ben');
    await clock.advance(499);
    expect(answered).toHaveLength(1);
    await clock.advance(1);
    expect(answered).toEqual([['a'], ['b0', 'b1']]);
    askers.ask('c', 'cleo');
    askers.close();
    await clock.advance(2_000);
    expect(answered).toHaveLength(2);
    expect(clock.pending).toBe(0);
  });
});
