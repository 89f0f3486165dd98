import { decodeClientFrame } from '@parley/protocol';
import { checkedMessageId, newMessageId } from './message-id';

describe('message ids', () => {
  it('[P3] are such as the server takes, and differ', () => {
    const ids = Array.from({ length: 200 }, newMessageId);
    expect(new Set(ids).size).toBe(200);
    for (const id of ids) {
      expect(checkedMessageId(id)).toBe(id);
      const frame = JSON.stringify({ action: 'message', topic: 'exchange/text:1', id });
      expect(decodeClientFrame(frame, 1_000)).toMatchObject({ ok: true });
    }
  });

  it.each(['', 'a b', 'ä', 'x'.repeat(65)])('[P3] are not %j', (id) => {
    expect(() => checkedMessageId(id)).toThrow(RangeError);
  });
});
