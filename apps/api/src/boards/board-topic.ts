import { formatTopic } from '@parley/protocol';

/** Where an exchange's whiteboard is stored. */
export function boardTopic(exchangeId: string): string {
  return formatTopic('exchange', 'whiteboard', exchangeId);
}
