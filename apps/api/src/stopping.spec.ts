import { Stopping } from './stopping';

describe('stopping', () => {
  const exit = jest.fn();
  const explain = jest.fn();
  const never = new Promise<void>(() => undefined);

  beforeEach(() => {
    jest.useFakeTimers();
    jest.resetAllMocks();
  });

  afterEach(() => jest.useRealTimers());

  it('exits with the code that was asked for once everything is closed, and closes once', async () => {
    const close = jest.fn(() => Promise.resolve());
    const stopping = new Stopping({ close, explain, exit });
    stopping.begin(3);
    stopping.begin(0);
    expect(exit).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(0);
    expect(exit.mock.calls).toEqual([[3]]);
    expect(close).toHaveBeenCalledTimes(1);
  });

  it('says why it could not be closed', async () => {
    const failure = new Error('café');
    new Stopping({ close: () => Promise.reject(failure), explain, exit }).signal();
    await jest.advanceTimersByTimeAsync(0);
    expect(explain).toHaveBeenCalledWith(failure);
    expect(exit.mock.calls).toEqual([[1]]);
  });

  it('takes a signal that comes twice for one, and a second one at its word', () => {
    const stopping = new Stopping({ close: () => never, explain, exit });
    stopping.signal();
    stopping.signal();
    jest.advanceTimersByTime(500);
    stopping.signal();
    expect(exit).not.toHaveBeenCalled();
    jest.advanceTimersByTime(600);
    stopping.signal();
    expect(exit.mock.calls).toEqual([[1]]);
  });

  it('ends after 15 s whatever hangs', () => {
    new Stopping({ close: () => never, explain, exit }).signal();
    jest.advanceTimersByTime(14_999);
    expect(exit).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(exit.mock.calls).toEqual([[1]]);
  });
});
