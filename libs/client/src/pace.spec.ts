import { Pace } from './pace';
import { FakeClock } from './testing/fake-clock';

function paced() {
  const clock = new FakeClock();
  const ready = jest.fn();
  const pace = new Pace({ perSecond: 10, burst: 5, inFlight: 4 }, clock, ready);
  const takeAll = () => {
    let taken = 0;
    while (pace.take()) taken += 1;
    return taken;
  };
  return { clock, ready, pace, takeAll };
}

describe('Pace', () => {
  it('[L1] lets a burst go, then so many a second, and says when', async () => {
    const { clock, ready, takeAll } = paced();
    expect(takeAll()).toBe(5);
    await clock.advance(99);
    expect(ready).not.toHaveBeenCalled();
    await clock.advance(1);
    expect(ready).toHaveBeenCalledTimes(1);
    expect(takeAll()).toBe(1);
    await clock.advance(60_000);
    expect(takeAll()).toBe(5);
  });

  it('[L1] pauses for as long as it is told to, then goes at half the rate, one at a time', async () => {
    const { clock, ready, pace, takeAll } = paced();
    pace.limited(300);
    pace.limited(200);
    expect([pace.inFlight, takeAll()]).toEqual([1, 0]);
    await clock.advance(299);
    expect([takeAll(), ready.mock.calls.length]).toEqual([0, 0]);
    await clock.advance(1);
    expect(ready).toHaveBeenCalledTimes(1);
    expect(takeAll()).toBe(2);
    await clock.advance(1_000);
    expect(takeAll()).toBe(5);
  });

  it('[L1] recovers after ten seconds without being limited', async () => {
    const { clock, pace } = paced();
    pace.limited(undefined);
    await clock.advance(9_999);
    expect([pace.take(), pace.inFlight]).toEqual([true, 1]);
    await clock.advance(1);
    expect([pace.take(), pace.inFlight]).toEqual([true, 4]);
  });

  it('remembers over a reconnect that it was limited, and leaves no timer behind', async () => {
    const { clock, pace, takeAll } = paced();
    pace.limited(60_000);
    pace.restart();
    expect([pace.inFlight, takeAll()]).toEqual([1, 1]);
    pace.stop();
    expect(clock.pending).toBe(0);
    await clock.advance(1);
  });
});
