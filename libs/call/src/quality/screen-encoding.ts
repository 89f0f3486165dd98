import { VIDEO_MEMBERS } from '../call-state';
import type { VideoLevel } from '../media-engine';
import type { Encoding } from './encoding';

/** All copies of one's screen together, bits a second: text that stands still needs little, scrolling needs much. */
const BUDGET = 4_000_000;
const MOST = 2_000_000;
const LEAST = 150_000;

/** Screens keep their size, since what is read must stay sharp: pictures a second give way, and after one's camera did. */
const framesPerSecond: Readonly<Record<VideoLevel, number>> = { full: 15, reduced: 15, low: 8, paused: 3 };

const share: Readonly<Record<VideoLevel, number>> = { full: 1, reduced: 1, low: 0.5, paused: 0.25 };

/**
 * How one's screen is sent to each of the others.
 *
 * @param level of one's camera, which gives way first
 * @param members of the call, oneself included
 * @returns undefined where no video is sent
 */
export function screenEncodingFor(level: VideoLevel, members: number): Encoding | undefined {
  if (members > VIDEO_MEMBERS) return undefined;
  const each = Math.min(MOST, BUDGET / Math.max(1, members - 1));
  return {
    maxBitrate: Math.max(LEAST, Math.round(each * share[level])),
    maxFramerate: framesPerSecond[level],
    scaleResolutionDownBy: 1,
  };
}
