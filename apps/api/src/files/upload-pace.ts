import { FILE_BYTES_MAX } from '@parley/protocol';
import { tooSlow } from './file-problems';

/** How slowly a file may come. One that comes to a halt would keep its place, and with it others from sending. */
export interface UploadPace {
  /** Milliseconds without a byte. */
  readonly idleMs: number;
  /** Milliseconds in which it may be as slow as it likes. */
  readonly graceMs: number;
  /** On average, once they are over. */
  readonly bytesPerSecond: number;
}

/** A telephone with a bad connection has about five times as much. */
export const UPLOAD_PACE: UploadPace = { idleMs: 15_000, graceMs: 30_000, bytesPerSecond: 16 * 1024 };

/** Milliseconds that so many bytes may take. */
export function longestFor(bytes: number, { graceMs, bytesPerSecond }: UploadPace = UPLOAD_PACE): number {
  return graceMs + (bytes / bytesPerSecond) * 1000;
}

/** Milliseconds after which the server may cut any request: nothing that may still come is cut. */
export const LONGEST_UPLOAD_MS = longestFor(FILE_BYTES_MAX) + UPLOAD_PACE.idleMs;

/**
 * What comes, as long as it comes fast enough.
 *
 * @throws ProblemException 400 as soon as it does not; the rest is left to whoever ends the request
 */
export async function* atPace(parts: AsyncIterable<Buffer>, pace = UPLOAD_PACE): AsyncIterable<Buffer> {
  const each = parts[Symbol.asyncIterator]();
  const begin = performance.now();
  let bytes = 0;
  try {
    for (;;) {
      const left = begin + longestFor(bytes, pace) - performance.now();
      const part = await within(Math.min(pace.idleMs, left), each.next());
      if (part.done === true) return;
      bytes += part.value.length;
      yield part.value;
    }
  } finally {
    // Not waited for: it stands in line behind a part that may never come.
    void each.return?.();
  }
}

function within<T>(ms: number, wanted: Promise<T>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const late = setTimeout(() => reject(tooSlow()), Math.max(0, ms));
  wanted.then(resolve, reject).finally(() => clearTimeout(late));
  return promise;
}
