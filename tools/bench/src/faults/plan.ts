import type { Direction } from '@parley/harness';
import { Seeded } from '../stack/seeded';

/** What happens to the network of some clients. The durations are milliseconds. */
export type NetworkFault =
  /** The connections end; new ones work at once. */
  | { readonly kind: 'cut'; readonly how: 'reset' | 'end'; readonly lasts: 0 }
  /** The connections end, and each new one too, until it is over. */
  | { readonly kind: 'outage'; readonly lasts: number }
  /** Nothing moves, one way or both; then all of it does, or the connection ends with everything in it. */
  | {
      readonly kind: 'stall';
      readonly direction: Direction | 'both';
      readonly thenCut: boolean;
      readonly lasts: number;
    }
  /** What is sent is lost without a word, until the connection is cut. */
  | { readonly kind: 'black-hole'; readonly direction: Direction | 'both'; readonly lasts: number }
  | { readonly kind: 'trickle'; readonly bytesPerSecond: number; readonly lasts: number }
  | { readonly kind: 'delay'; readonly delayMs: number; readonly jitterMs: number; readonly lasts: number }
  /** The page is loaded anew: another client takes the old one's queue. */
  | { readonly kind: 'reload'; readonly lasts: 0 };

/** What happens to the processes. `lasts` is how long they stay down before they are started again. */
export interface ServerFault {
  readonly kind: 'server-kill' | 'server-stop' | 'database-kill' | 'both-kill';
  readonly lasts: number;
}

export interface PlannedFault {
  /** Milliseconds after the start. */
  readonly at: number;
  /** Which clients it hits; all for a fault of the servers. */
  readonly clients: readonly number[];
  readonly fault: NetworkFault | ServerFault;
}

export interface PlanOptions {
  readonly seed: number;
  readonly seconds: number;
  readonly clients: number;
}

export type FaultKind = (NetworkFault | ServerFault)['kind'];

export const serverKinds = ['server-kill', 'server-stop', 'database-kill', 'both-kill'] as const;
const networkKinds = ['cut', 'outage', 'stall', 'black-hole', 'trickle', 'delay', 'reload'] as const;

/** Milliseconds in which everyone joins and writes before the first fault. */
const QUIET_START = 2_000;

/** The faults of a run. The same options give the same plan; when each really begins depends on the machine. */
export function planFaults({ seed, seconds, clients }: PlanOptions): PlannedFault[] {
  const random = new Seeded(seed);
  const end = seconds * 1000;
  return [...networkFaults(random.fork(), end, clients), ...serverFaults(random.fork(), end, clients)].sort(
    (one, other) => one.at - other.at,
  );
}

export function isServerFault(fault: NetworkFault | ServerFault): fault is ServerFault {
  return serverKinds.some((kind) => kind === fault.kind);
}

function networkFaults(random: Seeded, end: number, clients: number): PlannedFault[] {
  const planned: PlannedFault[] = [];
  /** Until when each client has a fault already: two at once would end each other. */
  const busyUntil = Array.from({ length: clients }, () => 0);
  const kinds = deck(random, networkKinds);
  for (let at = QUIET_START; at < end; at += random.between(200, 1_500)) {
    const fault = networkFault(random, kinds());
    const count = howMany(random, clients);
    // Everyone at once means everyone, so it waits for the last one.
    if (count === clients) at = Math.max(at, ...busyUntil);
    const free = busyUntil.flatMap((until, client) => (until <= at ? [client] : []));
    const hit = random.shuffled(free).slice(0, count);
    if (hit.length === 0 || at + fault.lasts > end) continue;
    for (const client of hit) busyUntil[client] = at + fault.lasts + 1;
    planned.push({ at: Math.round(at), clients: hit.sort((one, other) => one - other), fault });
  }
  return planned;
}

function serverFaults(random: Seeded, end: number, clients: number): PlannedFault[] {
  const planned: PlannedFault[] = [];
  const everyone = Array.from({ length: clients }, (_, client) => client);
  const kinds = deck(random, serverKinds);
  for (let at = QUIET_START + random.between(0, 4_000); at < end; at += random.between(6_000, 14_000)) {
    const fault = { kind: kinds(), lasts: Math.round(random.between(0, 2_500)) };
    if (at + fault.lasts < end) planned.push({ at: Math.round(at), clients: everyone, fault });
  }
  return planned;
}

/** Each kind comes once before any comes again. */
function deck<T>(random: Seeded, kinds: readonly T[]): () => T {
  let cards: T[] = [];
  return () => {
    if (cards.length === 0) cards = random.shuffled(kinds);
    const [card] = cards.splice(0, 1);
    if (card === undefined) throw new RangeError('There is no kind of fault to choose from.');
    return card;
  };
}

/** Mostly one, sometimes several, sometimes everyone. */
function howMany(random: Seeded, clients: number): number {
  const luck = random.next();
  if (luck < 0.55) return 1;
  return luck < 0.85 ? random.whole(2, Math.max(2, Math.floor(clients / 3))) : clients;
}

function networkFault(random: Seeded, kind: (typeof networkKinds)[number]): NetworkFault {
  const lasts = (most: number): number => Math.round(random.between(300, most));
  const direction = (): Direction | 'both' => random.pick(['up', 'down', 'both']);
  switch (kind) {
    case 'cut':
      return { kind, how: random.pick(['reset', 'end']), lasts: 0 };
    case 'outage':
      return { kind, lasts: lasts(4_000) };
    case 'stall':
      return { kind, direction: direction(), thenCut: random.next() < 0.5, lasts: lasts(8_000) };
    case 'black-hole':
      return { kind, direction: direction(), lasts: lasts(5_000) };
    case 'trickle':
      return { kind, bytesPerSecond: random.whole(200, 4_000), lasts: lasts(6_000) };
    case 'delay':
      return { kind, delayMs: random.whole(20, 800), jitterMs: random.whole(0, 400), lasts: lasts(10_000) };
    case 'reload':
      return { kind, lasts: 0 };
  }
}
