import type { Direction, FaultProxy } from '@parley/harness';
import { setTimeout as delay } from 'node:timers/promises';
import type { Stack } from '../stack/stack';
import type { Participant } from './participant';
import { isServerFault, type FaultKind, type NetworkFault, type PlannedFault, type ServerFault } from './plan';

/** A fault that happened, with the times that it really took: milliseconds after the start. */
export interface Inflicted {
  readonly kind: FaultKind;
  readonly clients: readonly number[];
  readonly planned: number;
  readonly began: number;
  readonly ended: number;
}

/** Does what the plan says. Faults of the servers wait for each other; those of the network do not. */
export class Infliction {
  readonly done: Inflicted[] = [];
  /** What the servers did that nobody asked for. */
  readonly surprises: string[] = [];
  private readonly started = performance.now();

  constructor(
    private readonly stack: Stack,
    private readonly participants: readonly Participant[],
    private readonly progress: (line: string) => void,
  ) {}

  /** Resolves when the last fault is over: every network heals, server and database serve. */
  async run(plan: readonly PlannedFault[]): Promise<void> {
    let servers: Promise<void> = Promise.resolve();
    const under: Promise<void>[] = [];
    for (const planned of plan) {
      await delay(Math.max(0, planned.at - this.now));
      const { fault, clients } = planned;
      if (isServerFault(fault)) {
        servers = servers.then(() => this.note(planned, () => this.onServers(fault)));
        // Reported when everything is over; until then nobody waits for it.
        servers.catch(() => undefined);
      } else {
        const hit = clients.flatMap((client) => this.participants[client] ?? []);
        under.push(this.note(planned, () => onNetwork(fault, hit)));
      }
    }
    await Promise.all([servers, ...under]);
    this.lookForCrash();
  }

  private get now(): number {
    return performance.now() - this.started;
  }

  private async note({ at, clients, fault }: PlannedFault, happen: () => Promise<void>): Promise<void> {
    const began = this.now;
    const { kind } = fault;
    await happen();
    const done = { kind, clients, planned: at, began: Math.round(began), ended: Math.round(this.now) };
    this.done.push(done);
    if (isServerFault(fault)) this.progress(`${kind}, ${done.began} to ${done.ended} ms`);
  }

  private async onServers({ kind, lasts }: ServerFault): Promise<void> {
    const { stack } = this;
    this.lookForCrash();
    if (kind === 'database-kill' || kind === 'both-kill') stack.killDatabase();
    if (kind === 'server-kill' || kind === 'both-kill') await stack.endServer('SIGKILL');
    if (kind === 'server-stop') {
      const code = await stack.endServer('SIGTERM');
      if (code !== 0) this.surprises.push(`The server ended with ${code} when it was asked to stop.`);
    }
    await delay(lasts);
    if (kind === 'database-kill' || kind === 'both-kill') await stack.startDatabase();
    if (kind !== 'database-kill') await stack.startServer();
  }

  private lookForCrash(): void {
    if (this.stack.hasCrashed) {
      throw new Error(`The server ended by itself. Its last words:\n${this.stack.said.slice(-4_000)}`);
    }
  }
}

async function onNetwork(fault: NetworkFault, hit: readonly Participant[]): Promise<void> {
  for (const participant of hit) begin(fault, participant);
  await delay(fault.lasts);
  for (const { proxy } of hit) {
    if (fault.kind === 'black-hole' || (fault.kind === 'stall' && fault.thenCut)) proxy.cut();
    proxy.heal();
  }
}

function begin(fault: NetworkFault, participant: Participant): void {
  const { proxy } = participant;
  switch (fault.kind) {
    case 'cut':
      proxy.cut(fault.how);
      break;
    case 'outage':
      proxy.refuse();
      proxy.cut();
      break;
    case 'stall':
      worsen(proxy, { isStalled: true }, fault.direction);
      break;
    case 'black-hole':
      worsen(proxy, { isLost: true }, fault.direction);
      break;
    case 'trickle':
      proxy.worsen({ bytesPerSecond: fault.bytesPerSecond });
      break;
    case 'delay':
      proxy.worsen({ delayMs: fault.delayMs, jitterMs: fault.jitterMs });
      break;
    case 'reload':
      participant.reload();
      break;
  }
}

function worsen(
  proxy: FaultProxy,
  condition: Parameters<FaultProxy['worsen']>[0],
  direction: Direction | 'both',
): void {
  proxy.worsen(condition, direction === 'both' ? undefined : direction);
}
