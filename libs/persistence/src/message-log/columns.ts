import type { NewMessage } from '@parley/socket';
import { joined, split } from './joined';

/** What both functions take of each message, as {@link columnsOf} gives it; `first` is the number of the first parameter. */
export function columnParameters(first: number): string {
  return ['uuid', 'varchar', 'varchar', 'varchar', 'json', 'timestamptz']
    .map((type, index) => split(`$${first + index}`, type))
    .join(', ');
}

/** In one pass, for there are up to a thousand. */
export function columnsOf(batch: readonly NewMessage[]): string[] {
  const userIds: string[] = [];
  const senders: string[] = [];
  const actions: string[] = [];
  const ids: (string | undefined)[] = [];
  const payloads: string[] = [];
  const times: string[] = [];
  let lastDate: Date | undefined;
  let lastTime = '';
  for (const { userId, sender, action, id, payload, json, timestamp } of batch) {
    // Those of one moment share a date.
    if (timestamp !== lastDate) {
      lastDate = timestamp;
      lastTime = timestamp.toISOString();
    }
    userIds.push(userId);
    senders.push(sender);
    actions.push(action);
    ids.push(id);
    payloads.push(json ?? JSON.stringify(payload));
    times.push(lastTime);
  }
  return [userIds, senders, actions, ids, payloads, times].map(joined);
}
