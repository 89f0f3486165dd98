import fc from 'fast-check';
import { natsParser } from './nats-parser';
import { redisParser } from './redis-parser';
import { Unfinished, type Parse } from './unfinished';

const text = fc.oneof(
  fc.constantFrom('', '\r\n', 'MSG a 1 3\r\nabc\r\n', '*3\r\n$7\r\n', 'café 👩‍👩‍👧 日本語'),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
);
const said = fc.array(fc.record({ isMessage: fc.boolean(), text }), { maxLength: 20 });
const cuts = fc.infiniteStream(fc.integer({ min: 1, max: 40 }));

/** Gives a parser the bytes in pieces that lie in a buffer which is used again. */
function feed(parse: Parse, wire: Buffer, sizes: Iterator<number>): void {
  const stream = new Unfinished(parse);
  const shared = Buffer.alloc(100);
  for (let at = 0; at < wire.length;) {
    const count = wire.copy(shared, 7, at, at + (sizes.next().value as number));
    stream.push(shared, 7, 7 + count);
    shared.fill(0xff);
    at += count;
  }
}

const bytes = (of: string): number => Buffer.byteLength(of);

describe('what servers say', () => {
  it('is read wherever it is cut: NATS', () => {
    fc.assert(
      fc.property(said, cuts, (all, sizes) => {
        const heard: string[] = [];
        const parse = natsParser({
          onMessage: (payload) => heard.push(payload.toString('utf8')),
          onLine: (line) => heard.push(line),
        });
        const wire = all.map((each) =>
          each.isMessage ? `MSG topic 1 ${bytes(each.text)}\r\n${each.text}\r\n` : 'PING\r\n',
        );
        feed(parse, Buffer.from(wire.join('')), sizes);
        expect(heard).toEqual(all.map((each) => (each.isMessage ? each.text : 'PING\r\n')));
      }),
    );
  });

  it('is read wherever it is cut: Redis', () => {
    fc.assert(
      fc.property(said, cuts, (all, sizes) => {
        const heard: string[] = [];
        const parse = redisParser({
          onMessage: (payload) => heard.push(payload.toString('utf8')),
          onSubscribed: () => heard.push('subscribed'),
        });
        const wire = all.map((each) =>
          each.isMessage
            ? `*3\r\n$7\r\nmessage\r\n$7\r\n日本x\r\n$${bytes(each.text)}\r\n${each.text}\r\n`
            : '*3\r\n$9\r\nsubscribe\r\n$7\r\n日本x\r\n:1\r\n',
        );
        feed(parse, Buffer.from(wire.join('')), sizes);
        expect(heard).toEqual(all.map((each) => (each.isMessage ? each.text : 'subscribed')));
      }),
    );
  });
});
