import { workspace } from '@parley/harness';
import { formatTopic } from '@parley/protocol';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pinGenerator, pinServer } from '../load';
import { seedExchanges, seedPeople, seedTickets, type SeededPerson } from '../people';
import { SESSION_SECRET, Stack } from '../stack/stack';
import { ParleyConnection } from './dialects/parley';
import type { Peer, PeerOptions, RunningPeer } from './peer';

/** Connections of one user, as the server allows by default. */
const CONNECTIONS_PER_USER = 10;

/** What is set only to lift limits: one connection sends what a thousand people would, and all come at once. */
const lifted = {
  LIMIT_MESSAGES_PER_SECOND: '100000000',
  LIMIT_MESSAGE_BURST: '100000000',
  LIMIT_QUEUED_FRAMES: '100000',
  LIMIT_OUTBOX_BYTES: String(64 * 1024 * 1024),
  LIMIT_CONNECTIONS: '1000000',
  TICKETS_PER_MINUTE: '1000000',
  // Its end is not waited for.
  LIMIT_DRAIN_SPREAD_MS: '1',
};

/** The built server of this workspace: `npx nx build api`. */
export const parley: Peer = {
  name: 'parley',
  get version() {
    return (JSON.parse(readFileSync(join(workspace, 'package.json'), 'utf8')) as { version: string }).version;
  },
  missing: () =>
    Promise.resolve(existsSync(join(workspace, 'dist/apps/api/main.js')) ? undefined : 'npx nx build api was not run'),
  start,
};

async function start({ topics, connections, program, env }: PeerOptions): Promise<RunningPeer> {
  pinGenerator();
  const stack = await Stack.start({ env: { ...lifted, ...env }, program });
  const pinned = pinServer([stack.server.pid]);
  const people = await seedPeople(stack.database, Math.ceil(connections / CONNECTIONS_PER_USER), SESSION_SECRET);
  const exchanges = await seedExchanges(
    stack.database,
    Array.from({ length: topics }, () => people),
  );
  let next = 0;
  return {
    pids: [stack.server.pid],
    pinned,
    topics: exchanges.map((id) => formatTopic('exchange', 'text', id)),
    dialect: {
      connect: () => {
        next += 1;
        return connect(stack, people[next % people.length]);
      },
    },
    stop: () => stack.stop(),
  };
}

async function connect(stack: Stack, person: SeededPerson | undefined): Promise<ParleyConnection> {
  const [issued] = await seedTickets(stack.database, person === undefined ? [] : [person]);
  if (issued === undefined) throw new Error('Nobody is there to connect.');
  return ParleyConnection.open(`${stack.server.socketUrl}?ticket=${encodeURIComponent(issued.ticket)}`);
}
