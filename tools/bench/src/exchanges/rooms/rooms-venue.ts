import { workspace } from '@parley/harness';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Arrival, Guest, Venue, VenueKind, VenueOptions } from '../venue';
import { EventGuest } from './event-guest';
import type { RoomArrival } from './room-guest';
import { RoomProgram } from './room-program';
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
    private readonly program: RoomProgram,
    private readonly options: VenueOptions,
    private readonly open: Open,
  ) {}

  static async open(file: string, options: VenueOptions, open: Open): Promise<RoomsVenue> {
    return new RoomsVenue(await RoomProgram.start(file, options.nodeOptions), options, open);
  }

  get pids(): readonly number[] {
    return [this.program.pid];
  }

  get pinned(): boolean {
    return this.program.pinned;
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
    return this.open({ ...arrival, rooms, port: this.program.port });
  }

  kept(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  async stop(): Promise<void> {
    await this.program.stop();
  }
}
