import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastingPort } from '../stack/lasting-port';
import { NatsConnection } from './dialects/nats';
import { NchanConnection } from './dialects/nchan';
import { RedisConnection } from './dialects/redis';
import { machineProgram, versionOf } from './machine-program';
import type { Peer, PeerConnection } from './peer';
import { ServerProcess } from './server-process';
import { topicNames } from './topic-names';

/** Where packages of nginx put modules that are loaded. */
const nchanModules = ['/usr/lib/nginx/modules', '/usr/lib64/nginx/modules', '/usr/local/lib/nginx/modules'].map(
  (folder) => join(folder, 'ngx_nchan_module.so'),
);

interface MachineServer {
  readonly name: string;
  /** The program's. */
  readonly program: string;
  readonly versionOption: string;
  /** What else must be there. */
  readonly missing?: () => string | undefined;
  /** Of its configuration, which is the file `conf` in a folder of its own. */
  readonly configuration: (port: number, otherPort: number, folder: string) => string;
  readonly args: (folder: string) => readonly string[];
  readonly open: (port: number) => Promise<PeerConnection>;
  /** What it says of itself while it runs, where that is more than the program says. */
  readonly ownVersion?: (port: number) => Promise<string>;
}

/** The WebSocket listener of nats-server, without TLS and compression. */
export const nats = peer({
  name: 'nats-server',
  program: 'nats-server',
  versionOption: '--version',
  configuration: (port, otherPort) => `
    host: "127.0.0.1"
    port: ${otherPort}
    websocket { host: "127.0.0.1", port: ${port}, no_tls: true, compression: false }
  `,
  args: (folder) => ['--config', join(folder, 'conf')],
  open: (port) => NatsConnection.open(port),
});

/** nginx with nchan, one worker, without a message buffer: who is connected gets what is published then. */
export const nchan = peer({
  name: 'nchan',
  program: 'nginx',
  versionOption: '-v',
  missing: () => (nchanModules.some((file) => existsSync(file)) ? undefined : 'nginx has no module nchan here'),
  configuration: (port, _otherPort, folder) => `
    load_module ${nchanModules.find((file) => existsSync(file)) ?? ''};
    daemon off;
    worker_processes 1;
    worker_rlimit_nofile 20000;
    pid ${folder}/pid;
    error_log stderr error;
    events { worker_connections 10000; }
    http {
      access_log off;
      client_body_temp_path ${folder}/body;
      proxy_temp_path ${folder}/proxy;
      fastcgi_temp_path ${folder}/fastcgi;
      uwsgi_temp_path ${folder}/uwsgi;
      scgi_temp_path ${folder}/scgi;
      nchan_shared_memory_size 256M;
      server {
        listen 127.0.0.1:${port};
        location = /status { nchan_stub_status; }
        location ~ ^/sub/(\\w+)$ {
          nchan_subscriber websocket;
          nchan_channel_id $1;
          nchan_subscriber_first_message newest;
        }
        location ~ ^/pub/(\\w+)$ {
          nchan_publisher websocket;
          nchan_channel_id $1;
          nchan_store_messages off;
        }
      }
    }
  `,
  args: (folder) => ['-p', folder, '-e', 'stderr', '-c', join(folder, 'conf')],
  open: (port) => Promise.resolve(new NchanConnection(port)),
  ownVersion: async (port) => {
    const status = await (await fetch(`http://127.0.0.1:${port}/status`)).text();
    return /^nchan version: (\S+)/m.exec(status)?.[1] ?? 'unknown';
  },
});

/** Redis over TCP: no WebSocket, as a reference. Nothing is kept on disk, and no reader is thrown out. */
export const redis = peer({
  name: 'redis (TCP)',
  program: 'redis-server',
  versionOption: '--version',
  configuration: (port, _otherPort, folder) => `
    bind 127.0.0.1
    port ${port}
    dir ${folder}
    save ""
    appendonly no
    maxclients 20000
    client-output-buffer-limit pubsub 0 0 0
  `,
  args: (folder) => [join(folder, 'conf')],
  open: (port) => RedisConnection.open(port),
});

function peer(server: MachineServer): Peer {
  const { name, program, open } = server;
  let ownVersion: string | undefined;
  return {
    name,
    get version() {
      return ownVersion ?? versionOf(machineProgram(program) ?? program, server.versionOption);
    },
    missing: () =>
      Promise.resolve(machineProgram(program) === undefined ? `${program} is not on this machine` : server.missing?.()),
    start: async ({ topics }) => {
      const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'));
      try {
        const [port, otherPort] = [await lastingPort(), await lastingPort()];
        writeFileSync(join(folder, 'conf'), server.configuration(port, otherPort, folder));
        const running = await ServerProcess.start(machineProgram(program) ?? program, server.args(folder), port);
        ownVersion ??= await server.ownVersion?.(port);
        return {
          pids: [running.pid],
          pinned: running.pinned,
          topics: topicNames(topics),
          dialect: { connect: () => open(port) },
          stop: async () => {
            await running.stop();
            rmSync(folder, { recursive: true, force: true });
          },
        };
      } catch (error) {
        rmSync(folder, { recursive: true, force: true });
        throw error;
      }
    },
  };
}
