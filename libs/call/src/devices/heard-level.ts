import { loudness } from './loudness';

/** A sender that falls silent still sends every 400 ms (Opus with DTX, RFC 6716 §2.1.9). Milliseconds. */
const STALE_MS = 500;

/**
 * How loud a peer is heard now, 0 to 1, on the scale of {@link loudness}. A receiver goes on telling the last level for
 * 10 s after the last packet (webrtc-pc §5.3): whoever mutes in the middle of a word would seem to go on speaking.
 *
 * @param sources what `getSynchronizationSources()` of the receiver gives
 * @param nowMs milliseconds since the epoch, as the sources' timestamps are
 */
export function heardLevel(
  sources: readonly Pick<RTCRtpSynchronizationSource, 'audioLevel' | 'timestamp'>[],
  nowMs: number,
): number {
  const levels = sources.flatMap(({ audioLevel, timestamp }) =>
    nowMs - timestamp < STALE_MS ? (audioLevel ?? 0) : [],
  );
  return loudness(Math.max(0, ...levels));
}
