import { workspace } from '@parley/harness';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pinGenerator, pinServer } from '../../load';
import type { Arrival, Guest, Venue, VenueKind, VenueOptions } from '../venue';
import { EventGuest } from './event-guest';
import type { RoomArrival } from './room-guest';
import { SocketIoGuest } from './socket-io-guest';

type Open = (arrival: RoomArrival) => Promise<Guest>;

const folder = join(workspace, 'tools/bench/src/exchanges/rooms');

/** Servers that users would pick instead, with rooms and nothing of what else ours does: no tickets, no guards, no storing. */
export const socketIo = kind('socket.io', 'socket.io', 'socket-io-server.ts', (arrival) => SocketIoGuest.open(arrival));
export const stockNest = kind('Nest WsAdapter', '@nestjs/platform-ws', 'nest-server.ts', (arrival) =>
  EventGuest.open(arrival),
);
export const plainWs = kind('ws', 'ws', 'ws-server.ts', (arrival) => EventGuest.open(arrival));

function kind(name: string, packageName: string, program: string, open: Open): VenueKind {
  return {
    name,
    get version() {
      const file = join(workspace, 'node_modules', packageName, 'package.json');
      return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
    },
    missing: () => {
      try {
        createRequire(join(workspace, 'package.json')).resolve(packageName);
        return Promise.resolve(undefined);
      } catch (error) {
        return Promise.resolve(`the package ${packageName} is not installed: ${String(error)}`);
      }
    },
    start: (options) => RoomsVenue.open(join(folder, program), options, open),
  };
}

class RoomsVenue implements Venue {
  readonly helpers: readonly number[] = [];

  private constructor(
    private readonly child: ChildProcess,
    private readonly port: number,
    readonly pinned: boolean,
    private readonly options: VenueOptions,
    private readonly open: Open,
  ) {}

  static async open(program: string, options: VenueOptions, open: Open): Promise<RoomsVenue> {
    pinGenerator();
    const child = spawn(process.execPath, [...(options.nodeOptions ?? []), program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    // A run that ends early must not leave it behind.
    const atExit = (): void => void child.kill('SIGKILL');
    process.once('exit', atExit);
    child.once('exit', () => process.off('exit', atExit));
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`${program} ended with ${String(code)}.`);
    });
    const port = await Promise.race([readiness(child), ended]);
    // Its end is asked for from now on.
    ended.catch(() => undefined);
    return new RoomsVenue(child, port, pinServer([child.pid ?? 0]), options, open);
  }

  get pids(): readonly number[] {
    return [this.child.pid ?? 0];
  }

  enter(arrivals: readonly Arrival[]): Promise<readonly Guest[]> {
    return Promise.all(arrivals.map((arrival) => this.comeIn(arrival)));
  }

  comeIn(arrival: Arrival): Promise<Guest> {
    const { exchange } = arrival.seat;
    const rooms = {
      all: this.options.topics.map((feature) => `exchange/${feature}:${exchange}`),
      text: `exchange/text:${exchange}`,
      whiteboard: `exchange/whiteboard:${exchange}`,
    };
    return this.open({ ...arrival, rooms, port: this.port });
  }

  kept(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }
}

/** The port that it says it listens on. */
async function readiness(child: ChildProcess): Promise<number> {
  if (child.stdout === null) throw new Error('The server cannot be heard.');
  for await (const line of createInterface(child.stdout)) {
    const [, port] = /^ready (\d+)$/.exec(line) ?? [];
    if (port !== undefined) return Number(port);
  }
  throw new Error('The server never got ready.');
}
