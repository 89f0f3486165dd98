import type { Move } from './board-scene';
import type { Shape } from './shape';

/** Of two shapes the one that is drawn first: highlighters, below what they mark, then by `z`, then by id. */
export function drawOrder(one: Shape, other: Shape): number {
  return layerOf(one) - layerOf(other) || one.z - other.z || (one.id < other.id ? -1 : 1);
}

function layerOf(shape: Shape): number {
  return shape.kind === 'ink' && shape.highlight ? 0 : 1;
}

/**
 * New places in the stack for some shapes, which keep their order among themselves.
 *
 * @param sorted all of the page, lowest first
 * @returns `z` of those that get another one
 */
export function restacked(sorted: readonly Shape[], moved: ReadonlySet<string>, move: Move): Map<string, number> {
  const [low, high] = [sorted.filter((shape) => layerOf(shape) === 0), sorted.filter((shape) => layerOf(shape) === 1)];
  return new Map([...restackedLayer(low, moved, move), ...restackedLayer(high, moved, move)]);
}

function restackedLayer(sorted: readonly Shape[], moved: ReadonlySet<string>, move: Move): Map<string, number> {
  const mine = sorted.filter(({ id }) => moved.has(id));
  const others = sorted.filter(({ id }) => !moved.has(id));
  const at = placeAmong(sorted, others, moved, move);
  if (mine.length === 0 || at === undefined) return new Map();
  const below = others[at - 1]?.z;
  const above = others[at]?.z;
  if (below === undefined && above === undefined) return new Map();
  const from = below ?? (above ?? 0) - mine.length - 1;
  const to = above ?? from + mine.length + 1;
  const step = (to - from) / (mine.length + 1);
  const places = mine.map(({ id }, place) => [id, from + step * (place + 1)] as const);
  const areApart = places.every(([, z], place) => z > (places[place - 1]?.[1] ?? from) && z < to);
  if (areApart) return new Map(places);
  // No number is left between the two: all of the page are counted anew.
  const order = [...others.slice(0, at), ...mine, ...others.slice(at)];
  return new Map(order.map(({ id }, place) => [id, place + 1]));
}

/** Before which of the others they go; undefined where they stay. */
function placeAmong(
  sorted: readonly Shape[],
  others: readonly Shape[],
  moved: ReadonlySet<string>,
  move: Move,
): number | undefined {
  if (others.length === 0) return undefined;
  if (move === 'front') return others.length;
  if (move === 'back') return 0;
  const places = sorted.flatMap(({ id }, place) => (moved.has(id) ? [place] : []));
  const edge = move === 'forward' ? places.at(-1) : places[0];
  if (edge === undefined) return undefined;
  const next = sorted[move === 'forward' ? edge + 1 : edge - 1];
  if (next === undefined) {
    // The outermost is there already; those behind it come to it.
    return move === 'forward' ? others.length : 0;
  }
  const place = others.findIndex(({ id }) => id === next.id);
  return move === 'forward' ? place + 1 : place;
}
