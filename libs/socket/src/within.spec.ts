import { within } from './within';

describe('within', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('gives what the promise gives, and leaves no timer behind', async () => {
    expect(await within(100, Promise.resolve('café'), 'late')).toBe('café');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('fails with what the promise fails with, and leaves no timer behind', async () => {
    const failure = new Error('日本語');
    await expect(within(100, Promise.reject(failure), 'late')).rejects.toBe(failure);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('gives the other thing when time is up, and lets a failure that comes later go', async () => {
    const slow = Promise.withResolvers<string>();
    const given = within(100, slow.promise, 'late');
    await jest.advanceTimersByTimeAsync(100);
    expect(await given).toBe('late');
    slow.reject(new Error('nobody asks any more'));
    await jest.advanceTimersByTimeAsync(0);
  });
});
