import { systemClock, type Clock } from '@parley/client';
import { BehaviorSubject, type Observable } from 'rxjs';
import { loudness, meanAmplitude } from './loudness';
import { SharedAudio } from './shared-audio';

export interface LevelMeter {
  /** 0 to 1, perceptual, about twelve times a second; replayed; completes with `close`. */
  readonly level: Observable<number>;
  /** Harmless when repeated. */
  close(): void;
}

export interface LevelMeterOptions {
  readonly clock?: Clock;
  readonly audio?: SharedAudio;
}

const INTERVAL_MS = 80;

/** At 48 kHz 85 ms, so that hardly anything is said between two measurements. */
const WINDOW_SAMPLES = 4096;

let shared: SharedAudio | undefined;

/**
 * Measures how loud a track is, also while it is muted with `enabled = false`: it listens to a clone, which is not. It
 * closes itself with the track, so that no clone keeps a microphone's light on.
 */
export function meterLevel(track: MediaStreamTrack, options: LevelMeterOptions = {}): LevelMeter {
  const clock = options.clock ?? systemClock;
  const audio = options.audio ?? (shared ??= new SharedAudio(() => new AudioContext(), globalThis.document));
  const context = audio.open();
  const clone = track.clone();
  clone.enabled = true;
  const source = context.createMediaStreamSource(new MediaStream([clone]));
  const analyser = context.createAnalyser();
  analyser.fftSize = WINDOW_SAMPLES;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const level = new BehaviorSubject(0);
  let open = true;

  const close = (): void => {
    if (!open) return;
    open = false;
    cancel();
    source.disconnect();
    clone.stop();
    audio.close();
    level.complete();
  };
  const measure = (): void => {
    if (track.readyState === 'ended') {
      close();
      return;
    }
    cancel = clock.after(INTERVAL_MS, measure);
    analyser.getFloatTimeDomainData(samples);
    level.next(loudness(meanAmplitude(samples)));
  };
  let cancel = clock.after(INTERVAL_MS, measure);
  return { level: level.asObservable(), close };
}
