import type { Seat } from './venue';

/** The first so many seats, one exchange after the other. */
export function seats(count: number, people: number): readonly Seat[] {
  return Array.from({ length: count }, (_, index) => ({ exchange: Math.floor(index / people), place: index % people }));
}
