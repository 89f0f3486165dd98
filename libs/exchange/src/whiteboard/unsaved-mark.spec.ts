import { UnsavedMark } from './unsaved-mark';

describe('the mark of an unsaved board', () => {
  afterEach(() => localStorage.clear());

  it('is one user’s and one exchange’s, and goes when all is saved', () => {
    const mark = new UnsavedMark(localStorage);
    mark.set('ann', 'one', true);
    const later = new UnsavedMark(localStorage);
    expect([later.isSet('ann', 'one'), later.isSet('ann', 'two'), later.isSet('ben', 'one')]).toEqual([
      true,
      false,
      false,
    ]);
    later.set('ann', 'one', false);
    expect(mark.isSet('ann', 'one')).toBe(false);
  });

  it('is forgotten where the browser keeps nothing', () => {
    const mark = new UnsavedMark(undefined);
    mark.set('ann', 'one', true);
    expect(mark.isSet('ann', 'one')).toBe(false);
  });
});
