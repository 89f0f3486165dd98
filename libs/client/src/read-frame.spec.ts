import {
  ackPayload,
  errorPayload,
  messagePagePayload,
  participantPayload,
  serverFrame,
  subscribedPayload,
} from '@parley/protocol';
import fc from 'fast-check';
import type { z } from 'zod';
import {
  isAck,
  isErrorPayload,
  isMessagePage,
  isParticipant,
  isSubscribed,
  numberField,
  readFrame,
  textField,
} from './read-frame';

const wrong = fc.constantFrom<unknown>(undefined, null, 0, 1.5, '', 'café', true, [], {}, [1], { a: 'b' });

/** Good values with any of their fields replaced by something else or left out. */
function damaged(good: Record<string, unknown>): fc.Arbitrary<unknown> {
  const fields = Object.entries(good).map(([name, value]) => [
    name,
    fc.oneof({ weight: 5, arbitrary: fc.constant(value) }, wrong),
  ]);
  return fc.oneof(
    { weight: 20, arbitrary: fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>) },
    wrong,
  );
}

const participant = { userId: 'ann', name: 'Ann 日本語', colour: '#b3261e', connectionIds: ['c1'] };
const frame = {
  type: 'message',
  topic: 'exchange/text:1',
  sender: 'c1',
  userId: 'ann',
  store: true,
  timestamp: '2026-01-01T00:00:00.000Z',
  payload: { text: 'café 👩‍👩‍👧' },
  offset: 1,
  seq: 1,
  id: 'one',
};

/** JSON has no undefined, so what is compared has been through JSON. */
function overTheWire(value: unknown): unknown {
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);
}

function agrees(schema: z.ZodType, is: (value: unknown) => boolean, values: fc.Arbitrary<unknown>): void {
  fc.assert(
    fc.property(values, (value) => {
      const read = overTheWire(value);
      expect(is(read)).toBe(schema.safeParse(read).success);
    }),
    { numRuns: 500 },
  );
}

describe('readFrame', () => {
  const isFrame = (value: unknown) => readFrame(JSON.stringify(value)) !== undefined;

  it('[F1] reads what the schema of the protocol takes, and nothing else', () => {
    expect(readFrame(JSON.stringify(frame))).toEqual(frame);
    agrees(serverFrame, isFrame, damaged(frame));
  });

  it.each([
    [
      'subscribe',
      subscribedPayload,
      isSubscribed,
      { epoch: 'e', offset: 1, recovered: false, participants: [participant] },
    ],
    ['subscriber', participantPayload, isParticipant, participant],
    ['load-messages', messagePagePayload, isMessagePage, { messages: [frame], more: false }],
    ['ack', ackPayload, isAck, { id: 'one', timestamp: 'now', offset: 1, seq: 1 }],
    ['error', errorPayload, isErrorPayload, { code: 'forbidden', message: 'No.', id: 'one', retryAfter: 10 }],
  ])('[F1] takes the payload of `%s` that the schema takes, and no other', (_type, schema, is, good) => {
    expect(is(good)).toBe(true);
    agrees(schema, is, damaged(good));
  });

  it('[F1] is told nothing by text that is not JSON, or not text', () => {
    expect(['', '{', 'null', '[]', undefined, new ArrayBuffer(2)].map(readFrame)).toEqual(Array(6).fill(undefined));
  });

  it('keeps fields that a newer server sends', () => {
    expect(readFrame(JSON.stringify({ ...frame, colour: 'red' }))).toMatchObject({ colour: 'red' });
  });
});

describe('fields', () => {
  it('are read where they are what they should be', () => {
    expect(textField({ id: 'one' }, 'id')).toBe('one');
    expect([null, [], { id: 1 }, 'id'].map((payload) => textField(payload, 'id'))).toEqual(Array(4).fill(undefined));
    expect(numberField({ ms: 5 }, 'ms')).toBe(5);
    expect([null, { ms: '5' }, { ms: -1 }, { ms: Infinity }].map((payload) => numberField(payload, 'ms'))).toEqual(
      Array(4).fill(undefined),
    );
  });
});
