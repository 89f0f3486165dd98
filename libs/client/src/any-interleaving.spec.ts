import { CloseCode, type Ack, type Participant } from '@parley/protocol';
import fc from 'fast-check';
import type { TopicMessage } from './action-map';
import { keepIn } from './storage-keep';
import { MemoryStorage } from './testing/memory-storage';
import { Page } from './testing/page';
import { ann, ben, record, topic, World, type TextActions } from './testing/world';

const users = [ann, ben, { userId: 'cleo', name: 'Cleo café' }];
const LIMITS = { messages: 10_000, characters: 10_000_000 };

const who = fc.integer({ min: 0, max: 2 });
const ms = fc.integer({ min: 1, max: 1_500 });
const closeCode = fc.constantFrom<number>(
  CloseCode.goingAway,
  CloseCode.restarting,
  CloseCode.tryAgainLater,
  CloseCode.slowReader,
  CloseCode.replaced,
);

/** What can happen, and how often in relation to each other. */
const step = fc.oneof(
  { weight: 7, arbitrary: fc.record({ is: fc.constant('say'), who, store: fc.boolean(), count: fc.nat({ max: 11 }) }) },
  { weight: 5, arbitrary: fc.record({ is: fc.constant('wait'), ms }) },
  { weight: 3, arbitrary: fc.record({ is: fc.constant('break'), who }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('unload'), who, crash: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('close'), who, closeCode }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('slow'), who, ms }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('silence') }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('restart'), ms }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('drain'), ms }) },
  {
    weight: 1,
    arbitrary: fc.record({ is: fc.constant('fail'), action: fc.constantFrom('subscribe', 'message', 'load-messages') }),
  },
);
const scenario = fc.record({
  steps: fc.array(step, { maxLength: 30, size: 'max' }),
  latency: fc.integer({ min: 1, max: 80 }),
  window: fc.constantFrom(0, 3, 100),
  grace: fc.constantFrom(0, 2_000, 30_000),
  jitter: fc.array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), { minLength: 1, maxLength: 8 }),
  // Against a server that refuses some and takes others a client keeps the order with one message under way at a time.
  isHarsh: fc.boolean(),
});
type Scenario = typeof scenario extends fc.Arbitrary<infer S> ? S : never;

type Message = TopicMessage<TextActions>;

/** What the people of one page see. */
interface Seen {
  readonly page: Page;
  readonly messages: readonly Message[];
  /** The newest page of the history, asked for as the page is loaded: its `seq`s. */
  readonly history: Promise<readonly (number | undefined)[]>;
  readonly lists: readonly (readonly Participant[])[];
  /** Who was here at first, then who came and left. */
  readonly presence: readonly (readonly string[])[];
  /** When it first joined; milliseconds since the epoch. */
  readonly joinedAt: () => number;
}

function look(page: Page, now: () => number): Seen {
  const { channel } = page;
  let joinedAt = Infinity;
  channel.state.subscribe((state) => {
    if (state === 'joined') joinedAt = Math.min(joinedAt, now());
  });
  const lists = record(channel.userList);
  const presence: string[][] = [];
  channel.userList.subscribe((list) => {
    if (presence.length === 0) presence.push(list.map(({ userId }) => userId));
  });
  channel.subscriber.subscribe(({ userId }) => presence.push(['+', userId]));
  channel.unsubscriber.subscribe(({ userId }) => presence.push(['-', userId]));
  const messages = record(channel.messages);
  const history = channel.loadMessages().then((loaded) => loaded.messages.map(({ seq }) => seq));
  return { page, messages, history, lists, presence, joinedAt: () => joinedAt };
}

interface Said {
  readonly id: string;
  readonly who: number;
  readonly store: boolean;
  readonly page: Page;
  readonly acked: Promise<Ack>;
}

/** Plays a scenario to its end, which is far enough away for everything to have come to rest. */
async function play({ steps, latency, window, grace, jitter, isHarsh }: Scenario) {
  const world = new World({ latency, window, grace, ...(isHarsh ? { rate: { perSecond: 20, burst: 10 } } : {}) });
  let drawn = 0;
  const random = () => jitter[(drawn += 1) % jitter.length] ?? 0;
  const rate = { perSecond: 48, burst: 60, inFlight: isHarsh ? 1 : 32 };
  const storages = users.map(() => new MemoryStorage());
  const load = (index: number) => {
    const keep = keepIn(storages[index]!, LIMITS);
    const options = { random, rate, keep, silence: 12_000, backoff: { min: 500, max: 5_000 } };
    return look(new Page(world, users[index]!, options), () => world.clock.now());
  };
  const seen = users.map((_, index) => load(index));
  const gone: Seen[] = [];
  await world.clock.advance(1_000);

  const said: Said[] = [];
  const failing = new Set<string>();
  const user = (index: number) => users[index]!.userId;
  for (const each of steps) {
    if (each.is === 'wait') await world.clock.advance(each.ms);
    else if (each.is === 'break') world.server.break(user(each.who));
    else if (each.is === 'close') world.server.close(user(each.who), each.closeCode);
    else if (each.is === 'slow') world.server.slow(user(each.who), each.ms);
    else if (each.is === 'silence') world.server.silence();
    else if (each.is === 'fail') {
      // Once each: after so many failures a client gives a message up, as it should.
      const isFair = (isHarsh || each.action === 'subscribe') && !failing.has(each.action);
      if (isFair) world.server.failNext(each.action, 'internal', 'forbidden@500');
      failing.add(each.action);
    } else if (each.is === 'restart' || each.is === 'drain') {
      if (each.is === 'drain') {
        world.server.drain(each.ms);
        await world.clock.advance(latency);
      }
      world.server.isDown = true;
      world.server.restart();
      await world.clock.advance(each.ms);
      world.server.isDown = false;
    } else if (each.is === 'unload') {
      const before = seen[each.who]!;
      if (each.crash) before.page.crash();
      else before.page.unload();
      gone.push(before);
      seen[each.who] = load(each.who);
    } else {
      const { page } = seen[each.who]!;
      for (let count = 0; count <= each.count; count += 1) {
        const id = `${each.who}-${said.length}`;
        const text = { text: `${id} 日本語` };
        const { channel } = page;
        const acked = each.store
          ? channel.storeMessage('message', text, { id })
          : channel.sendMessage('message', text, { id });
        said.push({ id, who: each.who, store: each.store, page, acked });
      }
    }
  }
  const statuses = seen.map(({ page }) => record(page.client.status$));
  const isAtRest = () => statuses.every((each) => each.at(-1)?.queued === 0);
  // Longer for who has much to send over a slow connection, and a little longer for what is still on its way.
  for (let beat = 0; beat < 15 || (!isAtRest() && beat < 150); beat += 1) await liveOn(world);
  await liveOn(world);
  return { world, said, seen, gone, storages };
}

/** Five seconds in which nothing happens, but for the heartbeat. */
async function liveOn(world: World): Promise<void> {
  for (const connection of world.server.connections) connection.tell('ping', null);
  await world.clock.advance(5_000);
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

/** Where a message stands among those that the server took: a stored one by `seq`, another by when it was taken. */
const placeOf = ({ seq, id, offset, timestamp }: Pick<Message, 'seq' | 'id' | 'offset' | 'timestamp'>) =>
  seq === undefined ? `${id} ${offset} ${timestamp}` : `#${seq}`;

const runs = { numRuns: 300, interruptAfterTimeLimit: 25_000 };

jest.setTimeout(60_000);

describe('through any interleaving of messages, faults, restarts and reloads', () => {
  it("[P3] [H3] every stored message is kept once, each sender's in order, and every page hears its acks", async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async (given) => {
        const { world, said, seen, storages } = await play(given);
        const { stored, taken } = world.server.topic(topic);
        expect(stored.map(({ id }) => id).sort()).toEqual(said.flatMap(({ id, store }) => (store ? id : [])).sort());
        for (const [index, { page }] of seen.entries()) {
          const mine = said.filter((each) => each.who === index);
          // A restarted server has forgotten the ids of unstored messages, so those may be taken twice; hence the first
          // ones. A page that is gone has taken its unstored messages with it.
          const order = distinct(taken.map(({ id }) => id)).filter((id) => mine.some((each) => each.id === id));
          const lasting = mine.filter((each) => each.store || each.page === page).map(({ id }) => id);
          expect(order.filter((id) => lasting.includes(id ?? ''))).toEqual(lasting);
          const present = mine.filter((each) => each.page === page);
          const acks = await Promise.all(present.map(({ acked }) => acked));
          expect(acks.map(({ id }) => id)).toEqual(present.map(({ id }) => id));
          expect(record(page.channel.outgoing)).toEqual([[]]);
          expect(storages[index]?.length).toBe(0);
        }
      }),
      runs,
    );
  });

  it('[H2] [H3] [P6] every page hears every stored message once and everything in the order in which it was taken', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async (given) => {
        const { world, seen, gone } = await play(given);
        const { stored, taken } = world.server.topic(topic);
        for (const { messages, joinedAt } of [...gone, ...seen]) {
          const heard = messages.map(placeOf);
          expect(heard).toEqual(distinct(heard));
          // What was stored just before it joined may be loaded with what was missed later: the history has it as well.
          const isSure = ({ seq, timestamp }: { seq?: number; timestamp: string }) =>
            seq === undefined || Date.parse(timestamp) > joinedAt();
          const places = taken.filter(isSure).map(placeOf);
          expect(places.filter((place) => heard.includes(place))).toEqual(messages.filter(isSure).map(placeOf));
        }
        for (const { messages, history } of seen) {
          const known = new Set([...(await history), ...messages.map(({ seq }) => seq)]);
          const oldest = Math.min(
            ...stored.slice(-100).map(({ seq = 0 }) => seq),
            ...[...known].flatMap((seq) => seq ?? []),
          );
          const expected = stored.flatMap(({ seq = 0 }) => (seq >= oldest ? seq : []));
          expect(expected.filter((seq) => !known.has(seq))).toEqual([]);
          const live = messages.flatMap(({ seq }) => seq ?? []);
          expect(live).toEqual(live.map((_, index) => (live[0] ?? 0) + index));
        }
      }),
      runs,
    );
  });

  it('[U2] every page sees people come and leave in turn, and in the end those who are there', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async (given) => {
        const { world, seen, gone } = await play(given);
        const { participants } = world.server.topic(topic);
        expect(participants.map(({ userId }) => userId).sort()).toEqual(['ann', 'ben', 'cleo']);
        const sorted = (list: readonly Participant[] = []) =>
          [...list].sort((one, other) => one.userId.localeCompare(other.userId));
        for (const { presence, lists, page } of [...gone, ...seen]) {
          const [first = [], ...changes] = presence;
          const here = new Set(first);
          for (const [change, userId = ''] of changes) {
            expect([change, here.has(userId)]).toEqual([change, change === '-']);
            if (change === '+') here.add(userId);
            else here.delete(userId);
          }
          expect(sorted(lists.at(-1)).map(({ userId }) => userId)).toEqual([...here].sort());
          if (seen.some((each) => each.page === page)) expect(sorted(lists.at(-1))).toEqual(sorted(participants));
        }
      }),
      runs,
    );
  });

  it('leaves no timer behind once disconnected', async () => {
    const world = new World();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 3_000 }), { maxLength: 6 }), async (waits) => {
        const client = world.client(ann);
        client.channel<TextActions>(topic).messages.subscribe();
        for (const wait of waits) {
          void client.transmit(true, 'message', topic, { text: 'café' });
          await world.clock.advance(wait);
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
