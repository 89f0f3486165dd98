import type { InkShape, LineShape, OutlineShape, WordsShape } from '@parley/board';

const base = { page: 'board', author: 'ann', z: 1, colour: 'ink', size: 2, angle: 0 } as const;

export function rectangle(given: Partial<OutlineShape> = {}): OutlineShape {
  return { ...base, id: 'rectangle', kind: 'rectangle', x: 0, y: 0, width: 100, height: 50, filled: false, ...given };
}

export function arrow(given: Partial<LineShape> = {}): LineShape {
  return { ...base, id: 'arrow', kind: 'arrow', x: 0, y: 0, width: 100, height: 0, ...given };
}

export function words(given: Partial<WordsShape> = {}): WordsShape {
  return { ...base, id: 'words', kind: 'note', x: 0, y: 0, width: 124, height: 124, size: 20, words: 'café', ...given };
}

/** A line by hand from the top left to the bottom right of its box. */
export function ink(given: Partial<InkShape> = {}): InkShape {
  const [inkWidth, inkHeight] = [given.width ?? 100, given.height ?? 100];
  const points = Float32Array.of(0, 0, 0.5, inkWidth / 2, inkHeight / 2, 0.5, inkWidth, inkHeight, 0.5);
  return {
    ...base,
    id: 'ink',
    kind: 'ink',
    x: 0,
    y: 0,
    width: 100,
    height: 100,
    inkWidth,
    inkHeight,
    points,
    highlight: false,
    ...given,
  };
}
