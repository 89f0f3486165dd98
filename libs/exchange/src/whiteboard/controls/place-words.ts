import type { Bounds } from '@parley/board';

const rows = ['top', 'middle', 'bottom'] as const;
const columns = ['left', 'centre', 'right'] as const;

/** Where something is among all that there is: `top left`, `bottom centre`, `in the middle`. */
export function placeWords(bounds: Bounds, all: Bounds): string {
  const row = rows[third((bounds.minY + bounds.maxY) / 2, all.minY, all.maxY)];
  const column = columns[third((bounds.minX + bounds.maxX) / 2, all.minX, all.maxX)];
  return row === 'middle' && column === 'centre' ? 'in the middle' : `${row} ${column}`;
}

function third(at: number, from: number, to: number): 0 | 1 | 2 {
  const part = to > from ? (at - from) / (to - from) : 0.5;
  if (part < 1 / 3) return 0;
  return part > 2 / 3 ? 2 : 1;
}
