import type { Tile } from '../tile';

export interface MainWish {
  readonly pinned: string | undefined;
  readonly layout: 'grid' | 'speaker';
  /** userId of the other who spoke last. */
  readonly latest: string | undefined;
}

/**
 * Which tile is large: the pinned one, else a screen that somebody else shares, else in the speaker layout who spoke
 * last.
 *
 * @returns its index, or undefined where all are alike
 */
export function mainTile(tiles: readonly Tile[], { pinned, layout, latest }: MainWish): number | undefined {
  const find = (is: (tile: Tile) => boolean): number | undefined => {
    const index = tiles.findIndex(is);
    return index === -1 ? undefined : index;
  };
  const chosen = find(({ key }) => key === pinned) ?? find(({ role, own }) => role === 'screen' && !own);
  if (chosen !== undefined || layout === 'grid' || tiles.length < 2) return chosen;
  const people = (is: (tile: Tile) => boolean): number | undefined =>
    find((tile) => tile.role === 'camera' && is(tile));
  return people(({ userId }) => userId === latest) ?? people(({ own }) => !own);
}
