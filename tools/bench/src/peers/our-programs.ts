import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspace } from '@parley/harness';
import { NestConnection } from './dialects/nest';
import { ourEnvelope, RoomTextConnection } from './dialects/room-text';
import { SocketIoConnection } from './dialects/socket-io';
import type { Peer, PeerConnection } from './peer';
import { topicNames } from './topic-names';
import { ServerProcess } from './server-process';

/** Where `node tools/bench/programs.mjs` puts them. */
const folder = join(workspace, 'dist/tools/bench-programs');

interface Program {
  readonly name: string;
  /** Its file in `programs`. */
  readonly file: string;
  /** The package that is measured by it. */
  readonly measured: string;
  readonly open: (port: number) => Promise<PeerConnection>;
}

/** `ws` as its documentation shows it: each message is sent to each client, one system call a delivery. */
export const wsLoop = peer({
  name: 'ws',
  file: 'ws-loop',
  measured: 'ws',
  open: (port) => RoomTextConnection.open(port),
});

/** Framed once, written once a turn: what is possible in Node when nothing is known of anyone. */
export const bare = peer({
  name: 'bare ws',
  file: 'bare',
  measured: 'ws',
  open: (port) => RoomTextConnection.open(port),
});

/** The same with as many bytes around each payload as ours has: what is possible in Node with our frames. */
export const bareOurFrames = peer({
  name: 'bare ws, our frames',
  file: 'bare',
  measured: 'ws',
  open: (port) => RoomTextConnection.open(port, ourEnvelope),
});

/** Rooms of socket.io over its WebSocket transport. */
export const socketIo = peer({
  name: 'socket.io',
  file: 'socket-io',
  measured: 'socket.io',
  open: (port) => SocketIoConnection.open(port),
});

/** A gateway over Nest's WsAdapter. */
export const nest = peer({
  name: 'Nest WsAdapter',
  file: 'nest',
  measured: '@nestjs/platform-ws',
  open: (port) => NestConnection.open(port),
});

function peer({ name, file, measured, open }: Program): Peer {
  const program = join(folder, `${file}.js`);
  const description = join(workspace, 'node_modules', measured, 'package.json');
  return {
    name,
    get version() {
      return (JSON.parse(readFileSync(description, 'utf8')) as { version: string }).version;
    },
    missing: () => {
      if (!existsSync(description)) return Promise.resolve(`the package ${measured} is not installed`);
      return Promise.resolve(existsSync(program) ? undefined : 'node tools/bench/programs.mjs was not run');
    },
    start: async ({ topics }) => {
      const server = await ServerProcess.start(process.execPath, [program]);
      return {
        pids: [server.pid],
        pinned: server.pinned,
        topics: topicNames(topics),
        dialect: { connect: () => open(server.port) },
        stop: () => server.stop(),
      };
    },
  };
}
