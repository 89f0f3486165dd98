import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { probeTurn } from '../stun/probe';
import { coturnConfig, type Transport } from './coturn-config';
import { findTurnserver } from './find-turnserver';
import { GuardedProcess } from './guarded-process';
import { freeTurnPort, isFreeTurnPort } from './turn-port';

const HOST = '127.0.0.1';
const READY_MS = 15_000;
const POLL_MS = 20;

export interface CoturnOptions {
  /** The shared secret; credentials are made with `turnCredentials`. */
  readonly secret: string;
  /** Default: `parley`. */
  readonly realm?: string;
  /** Where it listens, for UDP and TCP alike. Default: a free port. */
  readonly port?: number;
  /** How clients may talk to it. Default: both. What it relays goes over UDP in any case. */
  readonly transports?: readonly Transport[];
  /** UDP ports that it relays from, both ends included. Default: 49152 to 65535. */
  readonly relayPorts?: { readonly min: number; readonly max: number };
  /** Seconds after which a nonce is stale and the client has to ask again. Default: 600. */
  readonly nonceSeconds?: number;
  /** Told when it ends without having been stopped. */
  readonly onExit?: (reason: string) => void;
  /** Default: the one that {@link findTurnserver} finds. */
  readonly program?: string;
}

/** A running Coturn of our own, on loopback. It ends with this process, however that ends. */
export interface Coturn {
  readonly pid: number;
  readonly port: number;
  /** For RTCIceServer, one for each transport: `turn:127.0.0.1:…?transport=udp`. */
  readonly urls: readonly string[];
  /** Ends it, and every allocation with it. */
  stop(): Promise<void>;
  /** Ends it at once, like a crash (SIGKILL); `onExit` is not told. */
  kill(): Promise<void>;
}

/** There is no Coturn, or it did not start; the message is for people. */
export class CoturnError extends Error {
  override readonly name = 'CoturnError';
}

/**
 * Starts an installed Coturn for this machine alone: it listens on loopback and relays to loopback. Ready when it answers a
 * STUN Binding request.
 *
 * @throws CoturnError
 */
export async function startCoturn(options: CoturnOptions): Promise<Coturn> {
  const program = options.program ?? findTurnserver();
  if (program === undefined) throw new CoturnError('Coturn is not installed: there is no turnserver on this machine.');
  if (options.port !== undefined && !(await isFreeTurnPort(HOST, options.port))) {
    throw new CoturnError(`Port ${options.port} is in use.`);
  }
  const port = options.port ?? (await freeTurnPort(HOST));
  const transports = options.transports ?? ['udp', 'tcp'];
  const urls = transports.map((transport) => `turn:${HOST}:${port}?transport=${transport}`);
  const running = await launch(program, coturnConfig({ ...options, host: HOST, port, transports }), urls);
  let isOver = false;
  void running.exit.then((how) => {
    if (!isOver) options.onExit?.(how);
  });
  const end = (signal: NodeJS.Signals): Promise<void> => {
    isOver = true;
    return running.stop(signal);
  };
  return { pid: running.pid, port, urls, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

/** The secret goes through a file that only its owner reads, and that is gone when Coturn has read it. */
async function launch(program: string, config: string, urls: readonly string[]): Promise<GuardedProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-turn-'));
  try {
    const file = join(folder, 'turnserver.conf');
    await writeFile(file, `${config}pidfile=${join(folder, 'pid')}\n`, { mode: 0o600 });
    const { PATH } = process.env;
    const running = await GuardedProcess.start(program, ['-c', file], { PATH, LC_ALL: 'C' });
    try {
      await untilReady(running, urls);
    } catch (error) {
      await running.stop('SIGKILL');
      throw error;
    }
    return running;
  } catch (error) {
    throw error instanceof CoturnError ? error : new CoturnError(`Coturn did not start: ${String(error)}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function untilReady(running: GuardedProcess, urls: readonly string[]): Promise<void> {
  const deadline = performance.now() + READY_MS;
  for (const url of urls) {
    while ((await probeTurn(url, { timeoutMs: 500 })) !== undefined) {
      if (running.how !== undefined) {
        throw new CoturnError(`Coturn ended (${running.how}) before it was ready. It said last:\n${running.said}`);
      }
      if (performance.now() > deadline) {
        throw new CoturnError(`Coturn did not answer within ${READY_MS / 1000} s. It said last:\n${running.said}`);
      }
      await delay(POLL_MS);
    }
  }
}
