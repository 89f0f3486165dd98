import type { Broker, BrokerMessage } from '../broker';

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

/**
 * The suite that every broker passes.
 *
 * @param connect gives the broker of one more node of the same service
 */
export function describeBroker(name: string, connect: () => Promise<Broker>): void {
  describe(`${name} keeps the contract of a broker`, () => {
    const topic = (): string => `room/text:${Math.random().toString(36).slice(2)}`;

    it('[P6] gives offsets from 1 without gaps and delivers in their order, to the publisher too', async () => {
      const broker = await connect();
      const received: [number | undefined, unknown][] = [];
      const held = await broker.open(topic(), ({ payload }, offset) => received.push([offset, payload]));
      expect(held.position.offset).toBe(0);
      const offsets = await Promise.all([1, 2, 3].map((number) => held.publish(message(number))));
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
      const a = await one.open(name, (_, offset) => first.push(offset ?? 0));
      const b = await two.open(name, (_, offset) => second.push(offset ?? 0));
      expect(a.position.epoch).toBe(b.position.epoch);
      await Promise.all(Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? a : b).publish(message(index))));
      expect(first).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
      expect(second).toEqual(first);
      a.close();
      b.close();
    });

    it('[S3] a late holder starts behind what was published before', async () => {
      const broker = await connect();
      const name = topic();
      const early = await broker.open(name, () => undefined);
      await early.publish(message(1));
      const received: (number | undefined)[] = [];
      const late = await broker.open(name, (_, offset) => received.push(offset));
      expect(late.position).toEqual({ epoch: early.position.epoch, offset: 1 });
      await early.publish(message(2));
      expect(received).toEqual([2]);
      early.close();
      late.close();
    });

    it('[P4] [P5] relays without an offset', async () => {
      const broker = await connect();
      const received: [unknown, number | undefined][] = [];
      const held = await broker.open(topic(), ({ payload, to }, offset) => received.push([{ payload, to }, offset]));
      held.relay({ ...message(1), to: ['x'] });
      await held.publish(message(2));
      expect(received).toEqual([
        [{ payload: message(1).payload, to: ['x'] }, undefined],
        [{ payload: message(2).payload, to: undefined }, 1],
      ]);
      held.close();
    });

    it('keeps topics apart, and is silent after close', async () => {
      const broker = await connect();
      const received: unknown[] = [];
      const name = topic();
      const left = await broker.open(name, ({ payload }) => received.push(payload));
      const other = await broker.open(topic(), () => undefined);
      await other.publish(message(1));
      const stays = await broker.open(name, () => undefined);
      left.close();
      await stays.publish(message(2));
      expect(received).toEqual([]);
      other.close();
      stays.close();
    });
  });
}
