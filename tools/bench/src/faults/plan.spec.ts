import { isServerFault, planFaults, type FaultKind } from './plan';

const options = { seed: 7, seconds: 120, clients: 30 };

describe('the plan of faults', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(planFaults(options)).toEqual(planFaults(options));
    expect(planFaults({ ...options, seed: 8 })).not.toEqual(planFaults(options));
  });

  it.each([1, 2, 3, 4, 5])('has every kind within two minutes, and ends in time (seed %d)', (seed) => {
    const plan = planFaults({ ...options, seed });
    const kinds = new Set<FaultKind>(plan.map(({ fault }) => fault.kind));
    expect(kinds.size).toBe(11);
    for (const { at, fault } of plan) expect(at + fault.lasts).toBeLessThanOrEqual(120_000);
  });

  it('gives no client two faults of its network at once', () => {
    const busyUntil = new Map<number, number>();
    for (const { at, clients, fault } of planFaults(options)) {
      if (isServerFault(fault)) continue;
      for (const client of clients) {
        expect(busyUntil.get(client) ?? 0).toBeLessThanOrEqual(at);
        busyUntil.set(client, at + fault.lasts);
      }
    }
  });

  it('hits one, several and all', () => {
    const sizes = new Set(planFaults(options).map(({ clients }) => clients.length));
    expect(sizes).toContain(1);
    expect(sizes).toContain(30);
    expect([...sizes].some((size) => size > 1 && size < 30)).toBe(true);
  });
});
