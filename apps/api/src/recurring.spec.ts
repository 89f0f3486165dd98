import { Recurring } from './recurring';

describe('recurring work', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('is done at each interval until it is stopped', async () => {
    const work = jest.fn(() => Promise.resolve());
    const recurring = new Recurring({ everyMs: 100, work, onTrouble: jest.fn() });
    await jest.advanceTimersByTimeAsync(350);
    expect(work).toHaveBeenCalledTimes(3);
    recurring.stop();
    await jest.advanceTimersByTimeAsync(350);
    expect(work).toHaveBeenCalledTimes(3);
  });

  it('is not begun again while it is still under way', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const work = jest.fn(() => promise);
    const recurring = new Recurring({ everyMs: 100, work, onTrouble: jest.fn() });
    await jest.advanceTimersByTimeAsync(350);
    expect(work).toHaveBeenCalledTimes(1);
    resolve(undefined);
    await jest.advanceTimersByTimeAsync(100);
    expect(work).toHaveBeenCalledTimes(2);
    recurring.stop();
  });

  it('says once that it fails, and again when it had succeeded in between', async () => {
    const outcomes = [new Error('café'), new Error('still'), undefined, new Error('日本語')];
    const onTrouble = jest.fn();
    const work = (): Promise<void> => {
      const outcome = outcomes.shift();
      return outcome === undefined ? Promise.resolve() : Promise.reject(outcome);
    };
    const recurring = new Recurring({ everyMs: 100, work, onTrouble });
    await jest.advanceTimersByTimeAsync(450);
    expect(onTrouble.mock.calls).toEqual([[new Error('café')], [new Error('日本語')]]);
    recurring.stop();
  });
});
