import type { BrowserContext, Page } from '@playwright/test';
import type { Colours } from './own-pictures';

/** One tile as it was at the latest look. */
export interface SeenTile {
  /** `USERID camera` or `USERID screen`. */
  readonly key: string;
  readonly state: string;
  readonly muted: boolean;
  /** What its words say beside the name, like that the video is paused. */
  readonly words: string;
  /** The key of whom the picture shows; `dark`, `unclear`, or undefined without a picture. */
  readonly shows: string | undefined;
  readonly rgb: readonly number[];
  /** Pictures that its `<video>` has shown. */
  readonly frames: number;
  /** The longest time without a further picture since {@link forgetStill}, in milliseconds. */
  readonly longestStill: number;
}

interface Eye {
  readonly tiles: () => SeenTile[];
  readonly forgetStill: () => void;
}

declare global {
  interface Window {
    tileEye?: Eye;
    tellWrongPicture?: (words: string) => void;
  }
}

/**
 * Looks at all tiles of every page that this context opens, seven times a second, as a person would.
 *
 * @param wrong is told of each look at which a tile showed somebody else's picture, or a person had two tiles
 */
export async function watchTiles(
  context: BrowserContext,
  colours: Colours,
  wrong: (words: string) => void,
): Promise<void> {
  await context.exposeBinding('tellWrongPicture', (_, words: string) => wrong(words));
  await context.addInitScript((known: Colours) => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [16, 12];
    const brush = canvas.getContext('2d', { willReadFrequently: true });
    const colourIn = (video: HTMLVideoElement): { shows: string | undefined; rgb: number[] } => {
      if (video.readyState < 2 || video.videoWidth < 16 || brush === null) return { shows: undefined, rgb: [] };
      brush.drawImage(video, 0, 0, 16, 12);
      // Without the stripe at the bottom.
      const { data } = brush.getImageData(2, 1, 12, 8);
      const rgb = [0, 1, 2].map((part) => {
        let sum = 0;
        for (let at = part; at < data.length; at += 4) sum += data[at] ?? 0;
        return Math.round(sum / (data.length / 4));
      });
      const far = (colour: readonly number[]): number => Math.hypot(...colour.map((each, at) => each - (rgb[at] ?? 0)));
      const nearest = Object.entries(known).sort(([, one], [, other]) => far(one) - far(other))[0];
      if (nearest !== undefined && far(nearest[1]) < 70) return { shows: nearest[0], rgb };
      return { shows: Math.max(...rgb) < 40 ? 'dark' : 'unclear', rgb };
    };
    const still = new WeakMap<Element, { frames: number; grewAt: number; longest: number }>();
    const look = (): SeenTile[] => {
      const now = performance.now();
      return [...document.querySelectorAll<HTMLElement>('parley-call-tile')].map((tile) => {
        const video = tile.querySelector('video');
        const frames = video?.getVideoPlaybackQuality().totalVideoFrames ?? 0;
        const before = still.get(tile) ?? { frames: -1, grewAt: now, longest: 0 };
        const grewAt = frames !== before.frames || video === null ? now : before.grewAt;
        const longest = Math.max(before.longest, now - grewAt);
        still.set(tile, { frames, grewAt, longest });
        return {
          key: `${tile.dataset.user} ${tile.dataset.role}`,
          state: tile.dataset.state ?? '',
          muted: tile.textContent.includes('muted:'),
          words: tile.textContent.replace(/\s+/g, ' ').trim(),
          ...(video === null ? { shows: undefined, rgb: [] } : colourIn(video)),
          frames,
          longestStill: Math.round(longest),
        };
      });
    };
    const tell = (words: string): void => window.tellWrongPicture?.(words);
    const judge = (): void => {
      const seen = look();
      for (const { key, shows, rgb, state } of seen) {
        const isOfSomeone = shows !== undefined && shows !== 'dark' && shows !== 'unclear';
        if (isOfSomeone && shows !== key) tell(`the tile of ${key} (${state}) shows ${shows} (${rgb.join()})`);
      }
      const keys = seen.map(({ key }) => key);
      if (new Set(keys).size < keys.length) tell(`somebody has two tiles: ${keys.join(', ')}`);
    };
    setInterval(judge, 140);
    window.tileEye = {
      tiles: look,
      forgetStill: () => {
        for (const tile of document.querySelectorAll('parley-call-tile')) still.delete(tile);
      },
    };
  }, colours);
}

/** Milliseconds between the two looks that tell whether something moves. */
const BETWEEN_MS = 600;

/** All that can be seen of the call in one page, and beneath it. */
export interface PageView {
  readonly tiles: readonly (SeenTile & { readonly grew: number })[];
  /** Those that are not closed. */
  readonly links: readonly {
    readonly state: string;
    readonly ice: string;
    readonly signalling: string;
    /** Of one's own end: `host`, `relay` and so on; undefined while there is no path. */
    readonly end: string | undefined;
  }[];
  /** Links over which sound came between the two looks. */
  readonly sounding: number;
  /** Sounds and pictures that play a track of no open connection. */
  readonly astray: readonly string[];
}

/** Looks twice, with a moment between. */
export function viewOf(page: Page): Promise<PageView> {
  return page.evaluate(async (ms) => {
    const open = (window.collectedLinks?.made ?? []).filter(({ connectionState }) => connectionState !== 'closed');
    const statsOf = async (link: RTCPeerConnection) => new Map<string, Record<string, unknown>>(await link.getStats());
    const packets = async (link: RTCPeerConnection): Promise<number> => {
      const sound = [...(await statsOf(link)).values()].filter(
        ({ type, kind }) => type === 'inbound-rtp' && kind === 'audio',
      );
      return sound.reduce((sum, { packetsReceived }) => sum + Number(packetsReceived ?? 0), 0);
    };
    const endOf = async (link: RTCPeerConnection): Promise<string | undefined> => {
      const stats = await statsOf(link);
      const transport = [...stats.values()].find(({ type }) => type === 'transport');
      const pair = stats.get(String(transport?.selectedCandidatePairId));
      const end = stats.get(String(pair?.localCandidateId))?.candidateType;
      return typeof end === 'string' ? end : undefined;
    };
    const look = async () => ({
      tiles: window.tileEye?.tiles() ?? [],
      packets: await Promise.all(open.map(packets)),
    });
    const first = await look();
    await new Promise((resolve) => setTimeout(resolve, ms));
    const second = await look();
    const received = new Set(open.flatMap((link) => link.getReceivers().map(({ track }) => track.id)));
    const playing = document.querySelectorAll<HTMLMediaElement>(
      'parley-call-tile:not([data-state=self]) video, parley-call-stage > audio',
    );
    return {
      tiles: second.tiles.map((tile) => ({
        ...tile,
        grew: tile.frames - (first.tiles.find(({ key }) => key === tile.key)?.frames ?? 0),
      })),
      links: await Promise.all(
        open.map(async (link) => ({
          state: link.connectionState,
          ice: link.iceConnectionState,
          signalling: link.signalingState,
          end: await endOf(link),
        })),
      ),
      sounding: second.packets.filter((count, at) => count > (first.packets[at] ?? 0)).length,
      astray: [...playing].flatMap((element) => {
        const [track] = element.srcObject instanceof MediaStream ? element.srcObject.getTracks() : [];
        const name = element.localName;
        if (element.paused) return [`a paused ${name}`];
        return track === undefined || !received.has(track.id) ? [`a ${name} of no open connection`] : [];
      }),
    };
  }, BETWEEN_MS);
}

/** From here on the longest time without a further picture is counted anew. */
export function forgetStill(page: Page): Promise<void> {
  return page.evaluate(() => window.tileEye?.forgetStill());
}
