import type { Page } from '@playwright/test';

/** What was seen of one tile while it was watched. */
export interface Watched {
  /** The longest time without a further picture, in milliseconds. */
  readonly longestStill: number;
  /** Looks at which there was no such tile. */
  readonly missing: number;
  /** Looks at which it was there. */
  readonly looks: number;
  readonly frames: number;
  /** What the tile has said of its state, each once after the other. */
  readonly states: readonly string[];
}

declare global {
  interface Window {
    pictureWatches?: Map<string, () => Watched>;
  }
}

let watches = 0;

/**
 * Looks at a tile ten times a second, as a person would: whether it is there, and whether its own `<video>` shows further
 * pictures. What is decoded and not shown does not count.
 *
 * @param tile a CSS selector
 * @returns ends it, and says what was seen
 */
export async function watchPictures(page: Page, tile: string): Promise<() => Promise<Watched>> {
  watches += 1;
  const name = `watch ${watches}`;
  await page.evaluate(
    ([key, selector]) => {
      const video = (): HTMLVideoElement | null => document.querySelector<HTMLVideoElement>(`${selector} video`);
      const shown = (): number => video()?.getVideoPlaybackQuality().totalVideoFrames ?? 0;
      let [element, count, frames, missing, looks, longestStill] = [video(), shown(), 0, 0, 0, 0];
      let grewAt = performance.now();
      const states: string[] = [];
      const look = (): void => {
        const found = document.querySelector<HTMLElement>(selector);
        looks += 1;
        if (found === null) missing += 1;
        const state = found?.dataset.state ?? 'gone';
        if (states.at(-1) !== state) states.push(state);
        // Another element counts from the beginning.
        if (video() !== element) [element, count] = [video(), 0];
        const now = performance.now();
        if (shown() > count) grewAt = now;
        frames += Math.max(0, shown() - count);
        count = shown();
        longestStill = Math.max(longestStill, now - grewAt);
      };
      const timer = setInterval(look, 100);
      window.pictureWatches ??= new Map();
      window.pictureWatches.set(key, () => {
        clearInterval(timer);
        look();
        return { longestStill: Math.round(longestStill), missing, looks, frames, states };
      });
    },
    [name, tile] as const,
  );
  return () =>
    page.evaluate((key) => {
      const end = window.pictureWatches?.get(key);
      if (end === undefined) throw new Error('The page was loaded again while it was watched.');
      return end();
    }, name);
}
