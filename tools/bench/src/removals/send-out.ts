import { unsubscribedPayload } from '@parley/protocol';
import { setTimeout as delay } from 'node:timers/promises';
import { BenchSocket } from '../stack/bench-socket';
import type { Room } from './room';

/** How fast somebody was out. The times are milliseconds. */
export interface SentOut {
  /** From the moment at which the request was sent, until their socket was told; undefined when it was not. */
  readonly fromRequest: number | undefined;
  /** From the moment at which the answer was here; below 0 when the socket was told before. */
  readonly fromAnswer: number | undefined;
  /** Ids of messages that reached them although sending them began after the answer. */
  readonly leaked: readonly string[];
}

/** Longest wait for what should come within a second. */
const PATIENCE_MS = 5_000;

/** Goes on listening for so long, while the others talk. */
const LISTEN_ON_MS = 250;

/** The guest joins, is sent out by the request, and listens on. */
export async function sendOut(room: Room, method: 'DELETE' | 'POST', path: string): Promise<SentOut> {
  const socket = await BenchSocket.open(room.guest);
  try {
    const received: string[] = [];
    let toldAt: number | undefined;
    let told: () => void = () => undefined;
    const revoked = new Promise<void>((resolve) => (told = resolve));
    await socket.subscribe(room.topic);
    socket.onFrame = ({ type, topic, payload, id, sender }, at) => {
      if (topic !== room.topic) return;
      if (type === 'unsubscribe' && unsubscribedPayload.parse(payload).reason === 'revoked') {
        toldAt ??= at;
        told();
      } else if (sender !== null && id !== undefined) received.push(id);
    };
    // So that there is something under way.
    await delay(100);
    const askedAt = performance.now();
    const { status, body } = await room.host.request(method, path);
    const answeredAt = performance.now();
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(body)}`);
    await Promise.race([revoked, delay(PATIENCE_MS)]);
    await delay(LISTEN_ON_MS);
    await socket.ask({ action: 'ping' });
    const forbidden = room.sentAfter(answeredAt);
    return {
      fromRequest: toldAt === undefined ? undefined : toldAt - askedAt,
      fromAnswer: toldAt === undefined ? undefined : toldAt - answeredAt,
      leaked: received.filter((id) => forbidden.has(id)),
    };
  } finally {
    await socket.close();
  }
}
