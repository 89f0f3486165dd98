import { SocketClient, type Channel, type Clock, type TopicMessage } from '@parley/client';
import type { Ack, Participant } from '@parley/protocol';
import { FaultyMessageLog, startEngine, turns, type Fault, type TestEngine } from '@parley/socket/testing';
import fc from 'fast-check';
import { WebSocket } from 'ws';

/** The engine's own tests check every frame, with clients made for that; here the client that people use has the word. */

interface Said {
  readonly note: string;
}

const topic = 'room/text:1';
const USERS = ['ann', 'ann', 'ben', 'cleo'];
/** Milliseconds for everything to be as it was promised when the faults are over. A limit for failures. */
const HEAL_MS = 8_000;

/** The clients' time: waits that people do not notice would still make this test a long one. */
const fast: Clock = {
  now: () => performance.now() * 20,
  after(ms, run) {
    const timer = setTimeout(run, ms / 20);
    return () => clearTimeout(timer);
  },
};

const step = fc.record({
  who: fc.nat({ max: USERS.length - 1 }),
  /** Turns of the event loop before it. */
  pause: fc.nat({ max: 6 }),
  act: fc.oneof(
    { weight: 10, arbitrary: fc.constant({ do: 'store' } as const) },
    { weight: 5, arbitrary: fc.constant({ do: 'send' } as const) },
    { weight: 4, arbitrary: fc.constant({ do: 'cut' } as const) },
    { weight: 6, arbitrary: fc.constant({ do: 'wait for all' } as const) },
    { weight: 1, arbitrary: fc.constant({ do: 'announce a change' } as const) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const), politely: fc.boolean() }) },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('fail to store' as const),
        fault: fc.constantFrom<Fault[]>('refuse', 'forget to answer'),
      }),
    },
  ),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** Crashed engines, whose remains take their time to go. */
const remains: Promise<void>[] = [];

/** Someone with a page open. */
class Person {
  readonly shown: TopicMessage<Said>[] = [];
  readonly left: Participant[] = [];
  readonly channel: Channel<Said>;
  here: readonly Participant[] = [];
  joined = false;
  id: string | undefined;
  private readonly client: SocketClient;
  private readonly sockets = new Set<WebSocket>();

  constructor(
    readonly userId: string,
    engine: () => TestEngine,
  ) {
    const many = { perSecond: 1_000_000, burst: 1_000_000 };
    this.client = new SocketClient({
      ticket: (resume) => {
        const { url, connectionId } = engine().ticketUrl(userId, resume);
        const ticket = new URL(url).searchParams.get('ticket') ?? '';
        return Promise.resolve({ ticket, connectionId, expiresAt: new Date().toISOString() });
      },
      url: () => `${engine().origin.replace('http', 'ws')}/sock`,
      webSocket: (url) => this.open(url),
      clock: fast,
      backoff: { min: 100, max: 400 },
      connectTimeout: 1_000_000,
      silence: 1_000_000,
      rate: { ...many, inFlight: 32 },
      volatileRate: many,
    });
    this.channel = this.client.channel<Said>(topic);
    this.channel.messages.subscribe((message) => this.shown.push(message));
    this.channel.userList.subscribe((here) => (this.here = here));
    this.channel.unsubscriber.subscribe((participant) => this.left.push(participant));
    this.channel.state.subscribe((state) => (this.joined = state === 'joined'));
    this.client.connectionId$.subscribe((id) => (this.id = id));
  }

  /** Those that are stored, as they were shown. */
  get stored(): readonly { readonly seq: number; readonly id: string }[] {
    return this.shown.filter(({ store }) => store).map(({ seq = 0, id = '' }) => ({ seq, id }));
  }

  cut(): void {
    for (const socket of this.sockets) socket.terminate();
  }

  end(): void {
    this.client.disconnect();
  }

  private open(url: string): WebSocket {
    const socket = new WebSocket(url);
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    return socket;
  }
}

class World {
  readonly log = new FaultyMessageLog();
  readonly people: Person[] = [];
  restarts = 0;
  readonly acks = new Map<string, Ack>();
  readonly said: string[] = [];
  private engine!: TestEngine;
  private port: number | undefined;

  async begin(): Promise<void> {
    await this.start();
    this.people.push(...USERS.map((userId) => new Person(userId, () => this.engine)));
    await this.until(() => this.allThere);
  }

  async end(): Promise<void> {
    for (const person of this.people) person.end();
    await this.engine.close();
  }

  async take({ who, pause, act }: Step): Promise<void> {
    await turns(pause);
    const person = this.people[who]!;
    if (act.do === 'store') this.say(person, true);
    else if (act.do === 'send') this.say(person, false);
    else if (act.do === 'cut') person.cut();
    else if (act.do === 'wait for all') await this.until(() => this.allThere);
    else if (act.do === 'announce a change') this.engine.allowanceChanges.next({ namespace: 'room', id: '1' });
    else if (act.do === 'fail to store') this.log.fail(1, act.fault);
    else await this.restart(act.politely);
  }

  /** Nothing happens any more: in the end everything is acknowledged and shown. */
  heal(): Promise<void> {
    return this.until(
      () =>
        this.allThere &&
        this.acks.size === this.said.length &&
        this.people.every(({ stored }) => stored.length >= this.log.messages.length) &&
        this.people.every(({ here }) => rosterText(here) === this.there),
    );
  }

  /** Who is there: connectionIds by user. */
  get there(): string {
    return rosterText(
      [...new Set(USERS)].map((user) => ({
        userId: user,
        connectionIds: this.people.filter(({ userId }) => userId === user).map(({ id }) => id ?? ''),
      })),
    );
  }

  private get allThere(): boolean {
    return this.people.every(({ joined }) => joined);
  }

  /** Until it is so, or for as long as it could take; what it is then is checked elsewhere. */
  private async until(isSo: () => boolean): Promise<void> {
    const deadline = performance.now() + HEAL_MS;
    while (!isSo() && performance.now() < deadline) await turns(3);
  }

  private say({ channel, userId }: Person, store: boolean): void {
    const id = `${userId}-${this.said.length}`;
    const text = `café 👩‍👩‍👧 日本語 ${id}`;
    this.said.push(id);
    const sent = store ? channel.storeMessage('note', text, { id }) : channel.sendMessage('note', text, { id });
    // One that is never acknowledged is missing at the end; `heal` waits for them all.
    sent.then(
      (ack) => this.acks.set(id, ack),
      () => undefined,
    );
  }

  private async start(): Promise<void> {
    const many = 1_000_000;
    this.engine = await startEngine(
      async () => {
        await turns(2);
        return true;
      },
      { windowMessages: 6, drainSpreadMs: 400, messagesPerSecond: many, messageBurst: many },
      { log: this.log, ...(this.port === undefined ? {} : { port: this.port }) },
    );
    this.port = Number(new URL(this.engine.origin).port);
  }

  private async restart(politely: boolean): Promise<void> {
    this.restarts += 1;
    // In the middle of it all.
    for (const person of this.people) this.say(person, person.userId !== 'ann');
    await turns(1);
    if (politely) await this.engine.close();
    this.engine.crash();
    this.log.abandon();
    if (!politely) remains.push(this.engine.close());
    await this.start();
  }
}

function rosterText(participants: readonly Pick<Participant, 'userId' | 'connectionIds'>[]): string {
  return participants
    .map(({ userId, connectionIds }) => `${userId}: ${[...connectionIds].sort().join(' ')}`)
    .sort()
    .join(', ');
}

function inOrder(messages: readonly { readonly seq: number; readonly id: string | undefined }[]): string[] {
  return [...messages].sort((one, other) => one.seq - other.seq).map(({ seq, id }) => `${seq} ${id ?? ''}`);
}

/** A run that fails prints hundreds of them. */
function printable(plain: Step): Step {
  const { do: what, ...how } = plain.act;
  const text = [plain.who, '+'.repeat(plain.pause), what, ...Object.values<unknown>(how)].join(' ');
  return Object.assign(plain, { [fc.toStringMethod]: () => text });
}

function check({ log, people, said, acks, there, restarts }: World): void {
  expect([...acks.keys()].sort()).toEqual([...said].sort());
  const stored = inOrder(log.messages.map(({ seq, id }) => ({ seq, id })));
  for (const [id, { seq, timestamp }] of acks) {
    if (seq === undefined) continue;
    expect(log.messages[seq - 1]).toMatchObject({ id, seq, timestamp: new Date(timestamp) });
  }
  for (const person of people) {
    expect(inOrder(person.stored)).toEqual(stored);
    // What was committed unnoticed comes when its sender sends it again.
    const ordinary = person.stored.filter(({ id }) => !log.unanswered.has(id)).map(({ seq }) => seq);
    expect(ordinary).toEqual([...ordinary].sort((one, other) => one - other));
    expect(rosterText(person.here)).toBe(there);
    if (restarts > 0) continue;
    // Every connection was resumed within its grace period, and P3 remembers: nobody left, and nothing came twice.
    expect(person.left).toEqual([]);
    const ids = person.shown.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  }
}

describe('the client and the engine', () => {
  // It takes seconds, in which the other runs went on.
  afterAll(() => Promise.all(remains));

  it('[H2] [H3] [P3] [T4] [U2] [U3] show everyone every stored message once, in order, whatever happens', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step.map(printable), { minLength: 40, maxLength: 120, size: 'max' }),
        fc.boolean(),
        async (steps, restarts) => {
          const world = new World();
          await world.begin();
          try {
            for (const each of steps) if (restarts || each.act.do !== 'restart') await world.take(each);
            await world.heal();
            check(world);
          } finally {
            await world.end();
          }
        },
      ),
      // Timing does not shrink; the seed that is printed repeats the steps.
      { numRuns: 10, endOnFailure: true },
    );
  }, 60_000);
});
