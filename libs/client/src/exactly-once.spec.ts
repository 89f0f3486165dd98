import type { Ack } from '@parley/protocol';
import fc from 'fast-check';
import { ann, ben, record, topic, World, type TextActions } from './testing/world';

type Step =
  | { readonly type: 'say'; readonly who: 0 | 1; readonly store: boolean; readonly count: number }
  | { readonly type: 'break'; readonly who: 'ann' | 'ben' }
  | { readonly type: 'load'; readonly who: 0 | 1 }
  | { readonly type: 'silence' }
  | { readonly type: 'restart' }
  | { readonly type: 'wait'; readonly ms: number };

const who = fc.constantFrom<0 | 1>(0, 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('say'),
      who,
      store: fc.boolean(),
      count: fc.integer({ min: 1, max: 12 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('wait'), ms: fc.integer({ min: 1, max: 1_500 }) }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('break'), who: fc.constantFrom('ann', 'ben') }) },
  { weight: 1, arbitrary: fc.constantFrom({ type: 'silence' }, { type: 'restart' }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('load'), who }) },
);
const scenario = fc.record({
  steps: fc.array(step, { maxLength: 30, size: 'max' }),
  latency: fc.integer({ min: 1, max: 80 }),
  window: fc.constantFrom(0, 3, 100),
  jitter: fc.array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), { minLength: 1, maxLength: 8 }),
  limited: fc.boolean(),
});

type Scenario = typeof scenario extends fc.Arbitrary<infer S> ? S : never;

/** Plays a scenario to its end, which is far enough away for every message to have been acknowledged. */
async function play({ steps, latency, window, jitter, limited }: Scenario) {
  const world = new World({ latency, window, ...(limited ? { rate: { perSecond: 20, burst: 10 } } : {}) });
  let drawn = 0;
  const random = () => jitter[(drawn += 1) % jitter.length] ?? 0;
  // Against limits that it does not know, a client keeps the order with one message under way at a time.
  const rate = { perSecond: 48, burst: 60, inFlight: limited ? 1 : 32 };
  const channels = [ann, ben].map((user) => world.client(user, { random, rate }).channel<TextActions>(topic));
  const heard = channels.map((channel) => record(channel.messages));
  await world.clock.advance(1_000);

  const said: { id: string; store: boolean; who: number; acked: Promise<Ack> }[] = [];
  for (const each of steps) {
    if (each.type === 'wait') await world.clock.advance(each.ms);
    else if (each.type === 'break') world.server.break(each.who);
    else if (each.type === 'silence') world.server.silence();
    else if (each.type === 'restart') world.server.restart();
    else if (each.type === 'load') void channels[each.who]?.loadMessages();
    else {
      for (let count = 0; count < each.count; count += 1) {
        const id = `${each.who}-${said.length}`;
        const send = { text: `${id} 日本語` };
        const channel = channels[each.who]!;
        const acked = each.store
          ? channel.storeMessage('message', send, { id })
          : channel.sendMessage('message', send, { id });
        said.push({ id, store: each.store, who: each.who, acked });
      }
    }
  }
  await world.clock.advance(200_000);
  const acks = await Promise.all(said.map(({ acked }) => acked));
  return { world, said, acks, heard };
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

describe('through random faults', () => {
  it("[P3][H3] every message is taken, a stored one once, and each sender's in order", async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async (given) => {
        const { world, said, acks } = await play(given);
        const { stored, taken } = world.server.topic(topic);
        expect(acks.map(({ id }) => id)).toEqual(said.map(({ id }) => id));
        const storedIds = said.filter(({ store }) => store).map(({ id }) => id);
        expect(stored.map(({ id }) => id).sort()).toEqual(storedIds.sort());
        for (const sender of [0, 1]) {
          // A restarted server has forgotten ids of unstored messages, so those may be taken twice; hence the first ones.
          const order = distinct(taken.map(({ id }) => id)).filter((id) => id?.startsWith(`${sender}-`));
          expect(order).toEqual(said.filter((each) => each.who === sender).map(({ id }) => id));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('[C1][H2][H3] everyone hears every stored message once and in order, and no other twice', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async (given) => {
        const { world, heard } = await play(given);
        const { stored, taken } = world.server.topic(topic);
        for (const messages of heard) {
          const seqs = messages.flatMap(({ seq }) => seq ?? []);
          expect(seqs).toEqual(stored.map(({ seq }) => seq));
          const unstored = messages.filter(({ store }) => !store);
          const places = unstored.map(({ id, timestamp, offset }) => `${id} ${timestamp} ${offset}`);
          expect(places).toEqual(distinct(places));
          const takenPlaces = new Set(taken.map(({ id, timestamp, offset }) => `${id} ${timestamp} ${offset}`));
          expect(places.filter((place) => !takenPlaces.has(place))).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('leaves no timer behind once disconnected', async () => {
    const world = new World();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 3_000 }), { maxLength: 6 }), async (waits) => {
        const client = world.client(ann);
        client.channel<TextActions>(topic).messages.subscribe();
        for (const ms of waits) {
          void client.transmit(true, 'message', topic, { text: 'café' });
          await world.clock.advance(ms);
          world.server.break();
        }
        client.disconnect();
        await world.clock.advance(200);
        expect(world.clock.pending).toBe(0);
      }),
      { numRuns: 30 },
    );
  });
});
