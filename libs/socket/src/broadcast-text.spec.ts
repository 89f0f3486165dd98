import type { Json } from '@parley/protocol';
import fc from 'fast-check';
import { BroadcastText } from './broadcast-text';
import type { BrokerMessage } from './broker';

/** As it comes out of a client's frame. */
const payload = fc.oneof(
  fc.jsonValue({ maxDepth: 8 }).map((value) => JSON.parse(JSON.stringify(value)) as Json),
  fc
    .constantFrom(
      '{"a":1,"a":{"__proto__":{"é":"\\u0000\\ud83d"}}}',
      ' [ 1e400 , -0 , 1.0 , 123456789012345678901234567890 ]\n',
      '"👩‍👩‍👧 \\ud83d \\"},\\"offset\\":1"',
      `${'['.repeat(60)}"日本語"${']'.repeat(60)}`,
      'null',
    )
    .map((text) => JSON.parse(text) as Json),
);
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('ann', 'ben', '"}', 'note', 'café'));
const number = fc.option(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), { nil: undefined });

const message: fc.Arbitrary<BrokerMessage> = fc
  .record({
    type: text,
    sender: text,
    userId: text,
    store: fc.boolean(),
    timestamp: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    payload,
    seq: number,
    id: fc.option(text, { nil: undefined }),
    volatile: fc.boolean(),
    written: fc.boolean(),
  })
  .map(({ written, ...rest }) => (written ? { ...rest, json: JSON.stringify(rest.payload) } : rest));

describe('BroadcastText', () => {
  it('[F1] is what JSON.stringify makes of the frame, whoever spoke before', () => {
    fc.assert(
      fc.property(text, fc.array(fc.tuple(message, number), { minLength: 1, maxLength: 12 }), (topic, messages) => {
        const broadcast = new BroadcastText(topic);
        for (const [said, offset] of messages) {
          const { type, sender, userId, store, timestamp, payload: what, seq, id } = said;
          expect(broadcast.of(said, offset)).toBe(
            JSON.stringify({ type, topic, sender, userId, store, timestamp, payload: what, seq, id, offset }),
          );
        }
      }),
    );
  });

  it('goes on after more senders than it remembers', () => {
    const broadcast = new BroadcastText('room/text:1');
    for (let number = 0; number < 600; number += 1) {
      const said: BrokerMessage = {
        type: 'note',
        sender: `c${number % 300}`,
        userId: `u${number % 7}`,
        store: false,
        timestamp: '',
        payload: number,
      };
      expect(JSON.parse(broadcast.of(said, number))).toEqual({ ...said, topic: 'room/text:1', offset: number });
    }
  });
});
