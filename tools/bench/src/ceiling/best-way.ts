import type { Pool } from 'pg';
import { insertRows, type Way } from './insert-rows';

/** Everything that is tried. */
const ways: readonly Way[] = [100, 500, 1_000].flatMap((rowsPerStatement) =>
  [1, 2, 4].flatMap((connections) =>
    (['values', 'unnest'] as const).map((form) => ({ form, rowsPerStatement, connections })),
  ),
);

/**
 * The way that writes the most rows a second here and now.
 *
 * @param seconds for each way
 * @param tried told of each
 */
export async function bestWay(
  pool: Pool,
  seconds: number,
  tried: (way: Way, perSecond: number) => void = () => undefined,
): Promise<Way> {
  let best: { readonly way: Way; readonly perSecond: number } | undefined;
  for (const way of ways) {
    // What was never asked is parsed and planned first.
    await insertRows(pool, way, seconds / 4);
    const { rows, seconds: took } = await insertRows(pool, way, seconds);
    const perSecond = rows / took;
    tried(way, perSecond);
    if (best === undefined || perSecond > best.perSecond) best = { way, perSecond };
  }
  if (best === undefined) throw new RangeError('No way was tried.');
  return best.way;
}

export function inWords({ form, rowsPerStatement, connections }: Way): string {
  const rows = rowsPerStatement === 1 ? 'one row' : `${rowsPerStatement} rows by ${form}`;
  return `${rows}, ${connections} connection${connections === 1 ? '' : 's'}`;
}
