import fc from 'fast-check';
import { FrameScanner, markAfter, Opcode } from './frame-scanner';

const mark = markAfter('{"m');

/** An unmasked frame as a server sends it, with the length in the smallest form. */
function serverFrame(payload: Buffer, opcode: number = Opcode.text): Buffer {
  const { length } = payload;
  const header = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  header[0] = 0x80 | opcode;
  header[1] = length < 126 ? length : length < 65_536 ? 126 : 127;
  if (header.length === 4) header.writeUInt16BE(length, 2);
  if (header.length === 10) header.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([header, payload]);
}

const body = fc
  .oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 400 }) },
    { weight: 2, arbitrary: fc.constantFrom(0, 1, 2, 122, 123, 124, 65_531, 65_532, 65_533) },
    { weight: 1, arbitrary: fc.integer({ min: 60_000, max: 70_000 }) },
  )
  .map((length) => Buffer.alloc(length, 'café 日本語'));

const frames = fc.array(
  fc.record({
    kind: fc.constantFrom('message', 'other', 'ping', 'close'),
    body,
  }),
  { maxLength: 30 },
);

const payloadOf = ({ kind, body: rest }: { kind: string; body: Buffer }): Buffer =>
  kind === 'message' || kind === 'other'
    ? Buffer.concat([Buffer.from(kind === 'message' ? '{"m' : '{"o'), rest])
    : rest.subarray(0, 125);

const opcodeOf = (kind: string): number =>
  kind === 'ping' ? Opcode.ping : kind === 'close' ? Opcode.close : Opcode.text;

describe('FrameScanner', () => {
  it('counts every message and hands out every other frame, wherever chunks end', () => {
    fc.assert(
      fc.property(frames, fc.infiniteStream(fc.integer({ min: 1, max: 500 })), fc.boolean(), (sent, cuts, reads) => {
        const wire = Buffer.concat(sent.map((frame) => serverFrame(payloadOf(frame), opcodeOf(frame.kind))));
        const others: string[] = [];
        const messages: string[] = [];
        const scanner = new FrameScanner(
          (payload, opcode) => others.push(`${opcode} ${payload.toString('hex')}`),
          mark,
        );
        if (reads) scanner.onMessage = (payload) => messages.push(payload.toString('hex'));
        // Chunks lie anywhere in a buffer that is used again, as those of a Wire do.
        const shared = Buffer.alloc(1_000);
        for (let at = 0; at < wire.length;) {
          const count = wire.copy(shared, 300, at, at + (cuts.next().value as number));
          scanner.push(shared, 300, 300 + count);
          at += count;
          shared.fill(0xff);
        }
        const expected = sent.filter(({ kind }) => kind === 'message').map((frame) => payloadOf(frame).toString('hex'));
        expect(scanner.messages).toBe(expected.length);
        expect(messages).toEqual(reads ? expected : []);
        expect(others).toEqual(
          sent
            .filter(({ kind }) => kind !== 'message')
            .map((frame) => `${opcodeOf(frame.kind)} ${payloadOf(frame).toString('hex')}`),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('counts a message only when its last byte has come', () => {
    const scanner = new FrameScanner(() => undefined, mark);
    const frame = serverFrame(Buffer.from('{"m 日本語'));
    scanner.push(frame, 0, frame.length - 1);
    expect(scanner.messages).toBe(0);
    scanner.push(frame, frame.length - 1);
    expect(scanner.messages).toBe(1);
  });

  it('refuses masked frames', () => {
    const scanner = new FrameScanner(() => undefined, mark);
    expect(() => scanner.push(Buffer.from([0x81, 0x81, 0, 0, 0, 0, 65]))).toThrow('mask');
  });
});
