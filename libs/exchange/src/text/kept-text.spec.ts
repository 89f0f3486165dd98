import { KeptText } from './kept-text';

const topic = 'exchange/text:1';

function kept(me = 'ann', of = topic): KeptText {
  return new KeptText(of, me, sessionStorage);
}

describe('kept text', () => {
  beforeEach(() => sessionStorage.clear());

  it('keeps a draft per person and exchange, and nothing when it is empty', () => {
    kept().writeDraft('café 👩‍👩‍👧 日本語');
    expect(kept().readDraft()).toBe('café 👩‍👩‍👧 日本語');
    expect(kept('ben').readDraft()).toBe('');
    expect(kept('ann', 'exchange/text:2').readDraft()).toBe('');
    kept().writeDraft('');
    expect(sessionStorage.length).toBe(0);
  });

  it('does not bring back an older text when the new one finds no room', () => {
    kept().writeDraft('old');
    const full = jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    kept().writeDraft('new');
    full.mockRestore();
    expect(kept().readDraft()).toBe('');
  });

  it('works without storage', () => {
    const nowhere = new KeptText(topic, 'ann', undefined);
    nowhere.writeDraft('text');
    expect(nowhere.readDraft()).toBe('');
  });
});
