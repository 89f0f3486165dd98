import { ReloadMark } from './reload-mark';

describe('a page that went away in the middle of a call', () => {
  beforeEach(() => sessionStorage.clear());

  it('knows so once, for a minute, and for this call alone', () => {
    new ReloadMark('exchange/call:1', sessionStorage, true).set(1_000);
    expect(new ReloadMark('exchange/call:2', sessionStorage, true).take(2_000)).toBe(false);
    expect(new ReloadMark('exchange/call:1', sessionStorage, true).take(2_000)).toBe(true);
    expect(new ReloadMark('exchange/call:1', sessionStorage, true).take(2_000)).toBe(false);
  });

  it('does not when it is found again later, or by another clock', () => {
    for (const now of [61_001, 500]) {
      new ReloadMark('exchange/call:1', sessionStorage, true).set(1_000);
      expect(new ReloadMark('exchange/call:1', sessionStorage, true).take(now)).toBe(false);
    }
  });

  it('does not where one comes from elsewhere', () => {
    new ReloadMark('exchange/call:1', sessionStorage, true).set(1_000);
    expect(new ReloadMark('exchange/call:1', sessionStorage, false).take(2_000)).toBe(false);
  });

  it('does not where the browser keeps nothing', () => {
    const mark = new ReloadMark('exchange/call:1', undefined, true);
    mark.set(1_000);
    expect(mark.take(1_000)).toBe(false);
  });
});
