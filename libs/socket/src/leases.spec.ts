import fc from 'fast-check';
import { Leases } from './leases';

const topic = fc.constantFrom('a', 'b', 'c');
const step = fc.oneof(
  fc.record({
    kind: fc.constant('grant' as const),
    topic,
    intent: fc.constantFrom('subscribe' as const, 'publish' as const, 'store' as const),
    until: fc.integer({ min: 1, max: 20 }),
  }),
  fc.record({ kind: fc.constantFrom('subscribe' as const, 'leave' as const, 'end' as const), topic }),
  fc.record({ kind: fc.constant('look' as const), due: fc.integer({ min: 0, max: 20 }) }),
);

describe('Leases', () => {
  it('[S6] finds every subscription whose lease runs out, whatever was granted, left and ended before', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const leases = new Leases();
        const subscriptions = new Map<string, true>();
        for (const next of steps) {
          if (next.kind === 'grant') leases.grant(next.topic, next.intent, next.until);
          // Nobody is subscribed without a lease.
          else if (next.kind === 'subscribe' && leases.until(next.topic, 'subscribe') > 0)
            subscriptions.set(next.topic, true);
          else if (next.kind === 'leave') {
            subscriptions.delete(next.topic);
            leases.drop(next.topic);
          } else if (next.kind === 'end') leases.end((name) => name === next.topic);
          else if (next.kind === 'look') {
            const ending = [...subscriptions.keys()].filter((name) => leases.until(name, 'subscribe') <= next.due);
            expect(leases.endingUntil(next.due, subscriptions)).toEqual(ending);
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
