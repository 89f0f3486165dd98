import { FakeClock } from '@parley/client/testing';
import * as fc from 'fast-check';
import { firstValueFrom } from 'rxjs';
import { Call } from './call';
import type { CallEnd, CallMember, CallPhase } from './call-state';
import { FakeHub, type Client } from './testing/fake-hub';
import { FakeNetwork } from './testing/fake-network';

/** Ann has two windows. */
const windows = ['ann', 'ann', 'ben', 'cleo'] as const;

type Step =
  | { readonly do: 'join' | 'leave' | 'lose' | 'back' | 'remove' | 'break'; readonly who: number }
  | { readonly do: 'pump' | 'time'; readonly many: number }
  | { readonly do: 'restart' };

class World {
  readonly clock = new FakeClock();
  readonly hub = new FakeHub();
  readonly network = new FakeNetwork();
  readonly clients: Client[] = [];
  readonly calls: Call[] = [];

  constructor() {
    for (const userId of windows) {
      const client = this.hub.enter(userId);
      const call = new Call({
        channel: client.channel,
        me: userId,
        iceServers: () => Promise.resolve({ iceServers: [], lifetimeSeconds: null, relay: false }),
        createConnection: () => this.network.create(userId),
        clock: this.clock,
      });
      call.open();
      this.clients.push(client);
      this.calls.push(call);
    }
  }

  async run(step: Step): Promise<void> {
    if (step.do === 'restart') this.hub.restart();
    else if (step.do === 'pump') this.hub.pump(step.many);
    else if (step.do === 'time') await this.clock.advance(step.many * 300);
    else if ('who' in step) await this.act(step.do, this.calls[step.who]!, this.clients[step.who]!);
    await this.clock.advance(0);
    this.network.connect();
  }

  private async act(what: string, call: Call, client: Client): Promise<void> {
    if (what === 'join') call.join({ microphone: 'on', camera: 'off', screen: false }, {});
    else if (what === 'leave') call.leave();
    else if (what === 'lose') client.lose();
    else if (what === 'back' && !client.isHere) this.hub.comeBack(client);
    else if (what === 'remove' && !client.isHere) this.hub.remove(client);
    else if (what === 'break') {
      const mine = this.network.connections.filter(({ owner }) => owner === client.userId);
      for (const { connection } of mine) if (connection.connectionState === 'connected') connection.become('failed');
    }
    await this.clock.advance(0);
  }

  /** Everyone is back, nothing is lost any more, and time goes by. */
  async calm(): Promise<void> {
    for (const client of this.clients) if (!client.isHere) this.hub.comeBack(client);
    for (let second = 0; second < 90; second += 1) {
      while (!this.hub.isQuiet) {
        this.hub.pump(100);
        await this.clock.advance(0);
      }
      this.network.connect();
      await this.clock.advance(1_000);
    }
  }

  phase(index: number): Promise<CallPhase> {
    return firstValueFrom(this.calls[index]!.phase);
  }

  members(index: number): Promise<readonly CallMember[]> {
    return firstValueFrom(this.calls[index]!.members);
  }
}

const who = fc.nat(windows.length - 1);
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('join', 'join', 'leave'), who }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('lose', 'back', 'back', 'remove', 'break'), who }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constantFrom('pump', 'pump', 'time'), many: fc.integer({ min: 1, max: 12 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart') }) },
) as fc.Arbitrary<Step>;

async function expectOneCall(world: World): Promise<void> {
  const phases = await Promise.all(windows.map((_, index) => world.phase(index)));
  const inside = windows.filter((_, index) => phases[index] === 'in');
  expect(phases).not.toContain('joining');
  // Nobody is in it twice.
  expect(new Set(inside).size).toBe(inside.length);
  const lists = await Promise.all(windows.map((_, index) => world.members(index)));
  for (const list of lists) expect(list.map(({ userId }) => userId).sort()).toEqual([...inside].sort());
  for (const list of lists) expect(list).toEqual(lists[0]);
  const pairs = inside.flatMap((one, index) => inside.slice(index + 1).map((other) => [one, other].sort().join(' ')));
  expect(world.network.connect()).toEqual(pairs.sort());
  for (const userId of new Set(windows)) {
    expect(world.network.openOf(userId)).toBe(inside.includes(userId) ? inside.length - 1 : 0);
  }
  expect(world.network.connections.flatMap(({ connection }) => connection.refused)).toEqual([]);
  for (const [index, call] of world.calls.entries()) {
    const peers = await firstValueFrom(call.peers);
    const states = [...peers.values()].map(({ state }) => state);
    expect(states).toEqual(phases[index] === 'in' ? states.map(() => 'connected') : []);
  }
}

describe('[K1] [K2] a call', () => {
  it('comes to the same for everyone, each connected with each once, whatever happened before', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 50 }), async (steps) => {
        const world = new World();
        for (const each of steps) await world.run(each);
        await world.calm();
        await expectOneCall(world);
        for (const call of world.calls) call.close();
      }),
      { numRuns: 1000 },
    );
  }, 120_000);

  it('has one seat for each person: who joins from another window moves there', async () => {
    const world = new World();
    const [first, second] = [world.calls[0]!, world.calls[1]!];
    for (const who of [0, 2, 1]) {
      await world.run({ do: 'join', who });
      await world.calm();
    }
    expect(await Promise.all([0, 1, 2].map((index) => world.phase(index)))).toEqual(['out', 'in', 'in']);
    expect(await firstValueFrom(first.ended)).toBe<CallEnd>('elsewhere');
    expect(await firstValueFrom(second.ended)).toBeUndefined();
    await expectOneCall(world);
  });
});
