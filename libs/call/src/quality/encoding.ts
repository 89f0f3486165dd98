import { VIDEO_MEMBERS } from '../call-state';
import type { VideoLevel } from '../media-engine';

/** What `RTCRtpSender.setParameters` takes for one encoding. */
export interface Encoding {
  /** Bits a second. */
  readonly maxBitrate: number;
  /** Frames a second. */
  readonly maxFramerate: number;
  /** 1 or more. */
  readonly scaleResolutionDownBy: number;
}

/**
 * All of one's video together, bits a second. It has to go up a home connection beside the sound (40 kbit/s for each
 * peer), and those are often not faster than 3 Mbit/s.
 */
const BUDGET = 2_400_000;

/** More makes 640x480 at 24 frames a second no better to look at. */
const MOST = 1_000_000;

/** Less than this no encoder makes a picture of that anyone knows a face in. */
const LEAST = 60_000;

/** In a larger call tiles are small, and each further peer is one more encoder that runs. */
function full(members: number): Omit<Encoding, 'maxBitrate'> {
  if (members <= 3) return { maxFramerate: 24, scaleResolutionDownBy: 1 };
  if (members === 4) return { maxFramerate: 20, scaleResolutionDownBy: 1.5 };
  return { maxFramerate: 15, scaleResolutionDownBy: 2 };
}

/** What of `full` is left. Half the width and height is a quarter of the pixels. */
const steps = {
  full: { bitrate: 1, maxFramerate: 30, scale: 1 },
  reduced: { bitrate: 0.4, maxFramerate: 15, scale: 2 },
  low: { bitrate: 0.15, maxFramerate: 8, scale: 4 },
} as const;

/**
 * How one's camera is sent to each of the others.
 *
 * @param members of the call, oneself included
 * @returns undefined where no video is sent
 */
export function encodingFor(level: VideoLevel, members: number): Encoding | undefined {
  if (level === 'paused' || members > VIDEO_MEMBERS) return undefined;
  const step = steps[level];
  const { maxFramerate, scaleResolutionDownBy } = full(members);
  const share = Math.min(MOST, BUDGET / Math.max(1, members - 1));
  return {
    maxBitrate: Math.max(LEAST, Math.round(share * step.bitrate)),
    maxFramerate: Math.min(maxFramerate, step.maxFramerate),
    // Below 160x120 nothing is saved, and nothing is seen.
    scaleResolutionDownBy: Math.min(4, scaleResolutionDownBy * step.scale),
  };
}
