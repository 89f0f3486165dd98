import type { NewMessage } from '@parley/socket';

/** A batch, each message numbered among those for its topic. */
export interface NumberedBatch {
  /** Each topic once, in the order in which they first appear. */
  readonly topics: readonly string[];
  /** How many messages each topic gets. */
  readonly counts: readonly number[];
  /** For each message: the place of its topic in `topics`, from 1. */
  readonly topicPlaces: readonly number[];
  /** For each message: its number among those for its topic, from 1. */
  readonly numbers: readonly number[];
}

export function numbered(batch: readonly NewMessage[]): NumberedBatch {
  const places = new Map<string, number>();
  const counts: number[] = [];
  const topicPlaces: number[] = [];
  const numbers: number[] = [];
  for (const { topic } of batch) {
    let place = places.get(topic);
    if (place === undefined) {
      place = places.size + 1;
      places.set(topic, place);
    }
    const number = (counts[place - 1] ?? 0) + 1;
    counts[place - 1] = number;
    topicPlaces.push(place);
    numbers.push(number);
  }
  return { topics: [...places.keys()], counts, topicPlaces, numbers };
}
