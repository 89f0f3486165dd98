import { defaultLimits, type Limits } from '@parley/protocol';
import type { Broker, BrokerMessage, Receive } from '../broker';

/** What the brokers that are given to {@link describeBroker} are set up with. */
export const contractLimits: Limits = {
  ...defaultLimits,
  windowMessages: 50,
  windowBytes: 100_000,
  windowMs: 60 * 60_000,
};

/** A message that differs from others by its number. */
function message(number: number): BrokerMessage {
  return {
    type: 'note',
    sender: 'connection',
    userId: 'user',
    store: false,
    timestamp: '2026-01-01T00:00:00.000Z',
    payload: { number, text: 'café 👩‍👩‍👧 日本語' },
  };
}

/** A holder that keeps what it is told, in the form in which the message would go over the wire. */
function keeping(keep: (message: BrokerMessage, offset: number | undefined) => unknown): Receive {
  return (each, offset) => {
    keep(each, offset);
    return JSON.stringify(each);
  };
}

const deaf = keeping(() => undefined);

/**
 * The suite that every broker passes.
 *
 * @param connect gives the broker of one more node of the same service, set up with {@link contractLimits}
 */
export function describeBroker(name: string, connect: () => Promise<Broker>): void {
  describe(`${name} keeps the contract of a broker`, () => {
    const topic = (): string => `room/text:${Math.random().toString(36).slice(2)}`;

    it('[P6] gives offsets from 1 without gaps and delivers in their order, to the publisher too', async () => {
      const broker = await connect();
      const received: [number | undefined, unknown][] = [];
      const held = await broker.open(
        topic(),
        keeping(({ payload }, offset) => received.push([offset, payload])),
      );
      expect(held.position.offset).toBe(0);
      const offsets = await Promise.all([1, 2, 3].map(async (number) => held.publish(message(number))));
      expect(offsets).toEqual([1, 2, 3]);
      expect(received).toEqual([1, 2, 3].map((number) => [number, message(number).payload]));
      expect(held.position.offset).toBe(3);
      held.close();
    });

    it('[P6] keeps one order for every node', async () => {
      const [one, two] = await Promise.all([connect(), connect()]);
      const name = topic();
      const first: number[] = [];
      const second: number[] = [];
      const a = await one.open(
        name,
        keeping((_, offset) => first.push(offset ?? 0)),
      );
      const b = await two.open(
        name,
        keeping((_, offset) => second.push(offset ?? 0)),
      );
      expect(a.position.epoch).toBe(b.position.epoch);
      await Promise.all(
        Array.from({ length: 20 }, async (_, index) => (index % 2 === 0 ? a : b).publish(message(index))),
      );
      expect(first).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
      expect(second).toEqual(first);
      a.close();
      b.close();
    });

    it('[S3] a late holder starts behind what was published before', async () => {
      const broker = await connect();
      const name = topic();
      const early = await broker.open(name, deaf);
      await early.publish(message(1));
      const received: (number | undefined)[] = [];
      const late = await broker.open(
        name,
        keeping((_, offset) => received.push(offset)),
      );
      expect(late.position).toEqual({ epoch: early.position.epoch, offset: 1 });
      await early.publish(message(2));
      expect(received).toEqual([2]);
      early.close();
      late.close();
    });

    it('[P4] [P5] relays without an offset', async () => {
      const broker = await connect();
      const received: [unknown, number | undefined][] = [];
      const held = await broker.open(
        topic(),
        keeping(({ payload, to }, offset) => received.push([{ payload, to }, offset])),
      );
      held.relay({ ...message(1), to: ['x'] });
      await held.publish(message(2));
      expect(received).toEqual([
        [{ payload: message(1).payload, to: ['x'] }, undefined],
        [{ payload: message(2).payload, to: undefined }, 1],
      ]);
      held.close();
    });

    it('[H2] replays what came after a position, in order, to any holder, and nothing of what was relayed', async () => {
      const [one, two] = await Promise.all([connect(), connect()]);
      const name = topic();
      const early = await one.open(name, deaf);
      const start = early.position;
      for (let number = 1; number <= 10; number += 1) {
        await early.publish(message(number));
        early.relay({ ...message(-number), ...(number % 2 === 0 ? { to: ['x'] } : {}) });
      }
      const late = await two.open(name, deaf);
      for (const held of [early, late]) {
        expect(held.replay(start)).toMatchObject(
          Array.from({ length: 10 }, (_, index) => ({ text: JSON.stringify(message(index + 1)), offset: index + 1 })),
        );
        expect(held.replay({ ...start, offset: 8 })?.map(({ offset }) => offset)).toEqual([9, 10]);
        expect(held.replay(held.position)).toEqual([]);
      }
      await late.publish(message(11));
      expect(late.replay({ ...start, offset: 10 })).toMatchObject([{ text: JSON.stringify(message(11)), offset: 11 }]);
      early.close();
      late.close();
    });

    it('[H2] replays nothing for another epoch or a position that is still to come', async () => {
      const broker = await connect();
      const held = await broker.open(topic(), deaf);
      await held.publish(message(1));
      expect(held.replay({ epoch: 'another', offset: 0 })).toBeUndefined();
      expect(held.replay({ epoch: 'another', offset: 1 })).toBeUndefined();
      expect(held.replay({ ...held.position, offset: 2 })).toBeUndefined();
      held.close();
    });

    it('[H2] replays all or nothing when the window is full', async () => {
      const broker = await connect();
      const { windowMessages } = contractLimits;
      const held = await broker.open(topic(), deaf);
      const { epoch } = held.position;
      for (let number = 1; number <= windowMessages + 7; number += 1) await held.publish(message(number));
      expect(held.replay({ epoch, offset: 6 })).toBeUndefined();
      expect(held.replay({ epoch, offset: 7 })).toHaveLength(windowMessages);
      held.close();
    });

    it('[H2] [L2] bounds the window by the bytes of the frames that were made of it', async () => {
      const broker = await connect();
      const held = await broker.open(topic(), deaf);
      const { epoch } = held.position;
      const large = { ...message(1), payload: 'x'.repeat(40_000) };
      for (let number = 1; number <= 3; number += 1) await held.publish(large);
      expect(held.replay({ epoch, offset: 0 })).toBeUndefined();
      expect(held.replay({ epoch, offset: 1 })).toHaveLength(2);
      await held.publish({ ...message(4), payload: 'x'.repeat(100_000) });
      expect(held.replay({ epoch, offset: 3 })).toBeUndefined();
      expect(held.replay({ epoch, offset: 4 })).toEqual([]);
      held.close();
    });

    it('keeps topics apart, and is silent after close', async () => {
      const broker = await connect();
      const received: unknown[] = [];
      const name = topic();
      const left = await broker.open(
        name,
        keeping(({ payload }) => received.push(payload)),
      );
      const other = await broker.open(topic(), deaf);
      await other.publish(message(1));
      const stays = await broker.open(name, deaf);
      left.close();
      await stays.publish(message(2));
      expect(received).toEqual([]);
      other.close();
      stays.close();
    });
  });
}
