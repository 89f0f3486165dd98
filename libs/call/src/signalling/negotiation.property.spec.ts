import { FakeClock } from '@parley/client/testing';
import * as fc from 'fast-check';
import { Negotiation, type NegotiationPart } from './negotiation';
import { FakePeerConnection } from './testing/fake-peer-connection';
import { UnsureWay, type Fate } from './testing/unsure-way';

type Side = 'polite' | 'impolite';
type Step =
  | { readonly do: 'need' | 'restart' | 'repeat'; readonly side: Side }
  | { readonly do: 'way'; readonly to: Side; readonly fate: Fate }
  | { readonly do: 'time'; readonly ms: number };

class World {
  readonly clock = new FakeClock();
  readonly errors: unknown[] = [];
  readonly sides: Record<Side, { connection: FakePeerConnection; negotiation: Negotiation }>;
  readonly ways: Record<Side, UnsureWay<NegotiationPart>>;

  constructor() {
    this.ways = {
      polite: new UnsureWay((part) => this.sides.polite.negotiation.hear(part)),
      impolite: new UnsureWay((part) => this.sides.impolite.negotiation.hear(part)),
    };
    this.sides = { polite: this.side('polite', 'impolite'), impolite: this.side('impolite', 'polite') };
  }

  async run(step: Step): Promise<void> {
    if (step.do === 'way') this.ways[step.to].happen(step.fate);
    else if (step.do === 'time') await this.clock.advance(step.ms);
    else if (step.do === 'repeat') this.sides[step.side].negotiation.repeat();
    else if (step.do === 'restart') this.sides[step.side].connection.restartIce();
    else this.sides[step.side].connection.need();
    await this.clock.advance(0);
  }

  /** From now on nothing is lost, and time goes by. Who was away says so, and both say again where they stand. */
  async calm(): Promise<void> {
    for (const { negotiation } of Object.values(this.sides)) negotiation.repeat();
    for (let second = 0; second < 60; second += 1) {
      this.ways.polite.deliverAll();
      this.ways.impolite.deliverAll();
      await this.clock.advance(1_000);
    }
  }

  private side(name: Side, other: Side): { connection: FakePeerConnection; negotiation: Negotiation } {
    const connection = new FakePeerConnection();
    const negotiation = new Negotiation({
      connection,
      polite: name === 'polite',
      clock: this.clock,
      send: (part) => this.ways[other].put(part),
      roles: () => undefined,
      beforeAnswer: () => undefined,
      onError: (error) => this.errors.push(error),
    });
    connection.onnegotiationneeded = () => negotiation.needed();
    connection.onicecandidate = ({ candidate }) => {
      if (candidate !== null) negotiation.candidate(candidate.toJSON());
    };
    return { connection, negotiation };
  }
}

const side = fc.constantFrom<Side>('polite', 'impolite');
const fate = fc.record({ kind: fc.constantFrom('deliver', 'deliver', 'lose', 'double'), which: fc.nat(7) });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('need', 'restart', 'repeat'), side }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('way' as const), to: side, fate }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('time' as const), ms: fc.constantFrom(10, 100, 2_000) }) },
);

function expectAgreement({ sides: { polite, impolite }, errors }: World): void {
  expect(errors).toEqual([]);
  for (const { connection } of [polite, impolite]) expect(connection.signalingState).toBe('stable');
  const [one, other] = [polite.connection.agreed, impolite.connection.agreed];
  expect(one.local).toBeDefined();
  expect(one).toEqual({ local: other.remote, remote: other.local });
  for (const [here, there] of [
    [polite, impolite],
    [impolite, polite],
  ] as const) {
    const fragment = /a=ice-ufrag:(\S+)/.exec(there.connection.agreed.local ?? '')?.[1] ?? 'none';
    expect(here.connection.taken.get(fragment)?.size ?? 0).toBeGreaterThan(0);
  }
}

describe('[K4] two sides agree', () => {
  it('whatever becomes of their messages: lost, doubled, late, in another order; and however often both offer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const world = new World();
        world.sides.impolite.connection.need();
        for (const each of steps) await world.run(each);
        await world.calm();
        expectAgreement(world);
      }),
      { numRuns: 400 },
    );
  });

  it('when both offer at the same time, also over and over', async () => {
    const world = new World();
    for (let time = 0; time < 50; time += 1) {
      for (const { connection } of Object.values(world.sides)) connection.restartIce();
      await world.clock.advance(0);
      world.ways.polite.deliverAll();
      world.ways.impolite.deliverAll();
      await world.clock.advance(50);
    }
    await world.calm();
    expectAgreement(world);
  });
});
