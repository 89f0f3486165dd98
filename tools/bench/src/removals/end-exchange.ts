import { allowedPayload } from '@parley/protocol';
import { setTimeout as delay } from 'node:timers/promises';
import type { Room } from './room';

/** How fast an exchange became read-only. The times are milliseconds. */
export interface Ended {
  /** From the request until the last of those who talk was told; undefined when one was not. */
  readonly fromRequest: number | undefined;
  /** Ids of messages that were acknowledged although sending them began after the answer. */
  readonly accepted: readonly string[];
  /** Messages that were refused, as they have to be. */
  readonly refused: number;
}

const PATIENCE_MS = 5_000;
const LISTEN_ON_MS = 250;

/** The host ends the exchange while everyone goes on talking. */
export async function endExchange(room: Room): Promise<Ended> {
  const told = room.talkers.map(
    (talker) =>
      new Promise<number>((resolve) => {
        talker.onFrame = ({ type, payload }, at) => {
          if (type === 'allowance' && !allowedPayload.parse(payload).publish) resolve(at);
        };
      }),
  );
  const askedAt = performance.now();
  const { status } = await room.host.request('POST', `/api/exchanges/${room.booking.id}/end`, {});
  const answeredAt = performance.now();
  if (status >= 300) throw new Error(`The exchange could not be ended: ${status}`);
  const moments = await Promise.race([Promise.all(told), delay(PATIENCE_MS).then(() => undefined)]);
  await delay(LISTEN_ON_MS);
  await Promise.all(room.talkers.map(({ socket }) => socket.ask({ action: 'ping' })));
  const late = room.sentAfter(answeredAt);
  return {
    fromRequest: moments === undefined ? undefined : Math.max(...moments) - askedAt,
    accepted: room.talkers.flatMap(({ ackedAt }) => [...ackedAt.keys()].filter((id) => late.has(id))),
    refused: room.talkers.reduce((sum, { refused }) => sum + refused.size, 0),
  };
}
