/** Where a tile is, in pixels from the corner of the stage. */
export interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pixels between tiles. */
const GAP = 8;

/** A tile is at most so wide for its height, and at least so wide. */
const WIDEST = 16 / 9;
const NARROWEST = 1;

/** Below this height, in pixels, a face is no longer seen: then the stage scrolls instead. */
const LEAST_HEIGHT = 84;

/** All tiles in one size, as large as they can be, in rows; the last row is centred. */
export function gridPlaces(count: number, stage: Size): readonly Place[] {
  if (count === 0) return [];
  const { columns, width, height } = bestGrid(count, stage);
  const rows = Math.ceil(count / columns);
  const top = Math.max(0, (stage.height - rows * height - (rows - 1) * GAP) / 2);
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = Math.min(columns, count - row * columns);
    const left = (stage.width - inRow * width - (inRow - 1) * GAP) / 2;
    return { left: left + (index % columns) * (width + GAP), top: top + row * (height + GAP), width, height };
  });
}

/** One tile large, the others in a strip below it, or beside it where the stage is wide. */
export function focusPlaces(count: number, main: number, stage: Size): readonly Place[] {
  const others = count - 1;
  if (others === 0) return [{ left: 0, top: 0, ...stage }];
  const beside = stage.width > stage.height * 1.5;
  const along = beside ? stage.height : stage.width;
  const across = beside ? clamp(stage.width * 0.2, 96, 240) : clamp(stage.height * 0.22, 64, 150);
  const most = beside ? across / WIDEST : across * WIDEST;
  const length = Math.min(most, (along - (others - 1) * GAP) / others);
  const start = Math.max(0, (along - others * length - (others - 1) * GAP) / 2);
  let next = 0;
  return Array.from({ length: count }, (_, index) => {
    if (index === main) {
      return beside
        ? { left: 0, top: 0, width: stage.width - across - GAP, height: stage.height }
        : { left: 0, top: 0, width: stage.width, height: stage.height - across - GAP };
    }
    const at = start + next * (length + GAP);
    next += 1;
    return beside
      ? { left: stage.width - across, top: at, width: across, height: length }
      : { left: at, top: stage.height - across, width: length, height: across };
  });
}

function bestGrid(count: number, stage: Size): { readonly columns: number } & Size {
  let best = { columns: 1, width: 0, height: 0 };
  let most = 0;
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const room = {
      width: (stage.width - (columns - 1) * GAP) / columns,
      height: (stage.height - (rows - 1) * GAP) / rows,
    };
    const height = Math.max(LEAST_HEIGHT, Math.min(room.height, room.width / NARROWEST));
    const width = Math.min(room.width, height * WIDEST);
    // What does not fit is worth no more than what is seen of it.
    const seen = width * height * Math.min(1, room.height / height);
    if (seen <= most + 1) continue;
    most = seen;
    best = { columns, width, height };
  }
  return best;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
