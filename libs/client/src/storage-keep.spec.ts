import fc from 'fast-check';
import type { KeptMessage } from './message-keep';
import { KEPT_PREFIX, keepIn } from './storage-keep';
import { MemoryStorage } from './testing/memory-storage';

const cafe = 'café 👩‍👩‍👧 日本語';

function message(id: string, more: Partial<KeptMessage> = {}): KeptMessage {
  return { topic: 'exchange/text:1', action: 'message', payload: { text: cafe }, id, at: 5, ...more };
}

describe('keepIn', () => {
  it('gives back what it kept, in the order in which it came, to another page', () => {
    const storage = new MemoryStorage();
    const keep = keepIn(storage);
    const all = Array.from({ length: 12 }, (_, index) => message(`id-${index}`));
    for (const each of all) keep.add('ann', each);
    keep.remove('exchange/text:1', 'id-3');
    keep.remove('exchange/text:1', 'unknown');
    const rest = all.filter(({ id }) => id !== 'id-3');
    const next = keepIn(storage);
    expect(next.read('ann')).toEqual(rest);
    next.add('ann', message('later'));
    expect(keepIn(() => storage).read('ann')).toEqual([...rest, message('later')]);
  });

  it('keeps a message once, where it was, and the same id in two topics apart', () => {
    const storage = new MemoryStorage();
    const keep = keepIn(storage);
    const failure = { code: 'forbidden', message: 'No.' } as const;
    for (const each of [message('a'), message('b'), message('a', { failure }), message('a', { topic: 'x/y:2' })])
      keep.add('ann', each);
    const kept = [message('a', { failure }), message('b'), message('a', { topic: 'x/y:2' })];
    expect(keepIn(storage).read('ann')).toEqual(kept);
  });

  it('forgets what is kept for another user as soon as it is read', () => {
    const storage = new MemoryStorage();
    keepIn(storage).add('ann', message('a'));
    expect(keepIn(storage).read('ben')).toEqual([undefined]);
    expect(keepIn(storage).read('ann')).toEqual([]);
    expect(storage.length).toBe(0);
  });

  it.each(['not json', 'null', '{}', '{"user":"ann"}', '{"user":"ann","message":{"id":"a"}}', '[1]'])(
    'drops %s',
    (text) => {
      const storage = new MemoryStorage();
      storage.setItem(`${KEPT_PREFIX}0`, text);
      expect(keepIn(storage).read('ann')).toEqual([undefined]);
      expect(storage.length).toBe(0);
    },
  );

  it('refuses what is over its limits, and drops it where it finds it', () => {
    const storage = new MemoryStorage();
    const keep = keepIn(storage, { messages: 2, characters: 1_000 });
    keep.add('ann', message('a'));
    keep.add('ann', message('b'));
    expect(() => keep.add('ann', message('c'))).toThrow('More waits than may be kept.');
    keep.remove('exchange/text:1', 'a');
    expect(() => keep.add('ann', message('c', { payload: 'x'.repeat(1_000) }))).toThrow();
    keep.add('ann', message('c'));
    expect(keepIn(storage, { messages: 1, characters: 1_000 }).read('ann')).toEqual([message('b'), undefined]);
    expect(storage.length).toBe(1);
  });

  it('leaves what others keep there alone', () => {
    const storage = new MemoryStorage();
    storage.setItem('parley:draft:ann', cafe);
    const keep = keepIn(storage);
    keep.add('ann', message('a'));
    keep.clear();
    expect(keep.read('ann')).toEqual([]);
    expect(storage.values).toEqual([cafe]);
  });

  it('survives whatever is in the storage', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.oneof(fc.string(), fc.json())), { maxLength: 8 }), (items) => {
        const storage = new MemoryStorage();
        for (const [key, text] of items) storage.setItem(KEPT_PREFIX + key, text);
        const keep = keepIn(storage);
        keep.read('ann');
        keep.add('ann', message('a'));
        keep.add('ann', message('b'));
        expect(keepIn(storage).read('ann')).toEqual([message('a'), message('b')]);
      }),
    );
  });
});
