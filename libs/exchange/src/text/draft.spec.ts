import { Draft } from './draft';

const topic = 'exchange/text:1';

describe('draft', () => {
  beforeEach(() => sessionStorage.clear());

  it('is kept per exchange and gone when empty', () => {
    new Draft(topic, sessionStorage).write('café 👩‍👩‍👧 日本語');
    expect(new Draft(topic, sessionStorage).read()).toBe('café 👩‍👩‍👧 日本語');
    expect(new Draft('exchange/text:2', sessionStorage).read()).toBe('');
    new Draft(topic, sessionStorage).write('');
    expect(sessionStorage.length).toBe(0);
  });

  it('does not bring back an older text when the new one finds no room', () => {
    const draft = new Draft(topic, sessionStorage);
    draft.write('old');
    const full = jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    draft.write('new');
    full.mockRestore();
    expect(draft.read()).toBe('');
  });

  it('works without storage', () => {
    const draft = new Draft(topic, undefined);
    draft.write('text');
    expect(draft.read()).toBe('');
  });
});
