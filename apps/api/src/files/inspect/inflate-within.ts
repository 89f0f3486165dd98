import { constants, inflateSync } from 'node:zlib';

/** Bytes that the streams of one PDF may have once inflated: each, and all together. */
export const STREAM_BYTES = 96 * 1024 * 1024;
export const STREAMS_BYTES = 384 * 1024 * 1024;
/** A stream may be deflated more than once; so often is looked into. */
const DEPTH = 3;

/** There is more inside than may be. */
export class TooMuchInside extends Error {
  override readonly name = 'TooMuchInside';
}

/**
 * Finds what a PDF would grow to where it is opened, without opening it: each stream (ISO 32000-2 §7.3.8) that begins
 * like zlib's is inflated, up to the limits, whatever its dictionary says of it. Memory: one stream's limit.
 *
 * @returns bytes of all streams once inflated
 * @throws TooMuchInside past a limit
 */
export function inflatedBytes(pdf: Buffer, limits = { each: STREAM_BYTES, all: STREAMS_BYTES }): number {
  let all = 0;
  for (let at = pdf.indexOf('stream'); at >= 0; at = pdf.indexOf('stream', at + 6)) {
    if (pdf.subarray(at - 3, at).equals(END)) continue;
    const from = at + 6 + lineEnd(pdf, at + 6);
    let bytes: Buffer = pdf.subarray(from);
    for (let depth = 0; depth < DEPTH && looksDeflated(bytes); depth += 1) {
      const inflated = inflate(bytes, Math.min(limits.each, limits.all - all));
      if (inflated === undefined) break;
      all += inflated.length;
      bytes = inflated;
    }
  }
  return all;
}

const END = Buffer.from('end');

/** RFC 1950 §2.2: deflate, and a check over the first two bytes. */
function looksDeflated(bytes: Buffer): boolean {
  const [method = 0, flags = 0] = bytes;
  return bytes.length > 2 && (method & 0x0f) === 8 && method >> 4 <= 7 && ((method << 8) | flags) % 31 === 0;
}

/** @returns undefined where it is no deflated stream after all */
function inflate(bytes: Buffer, limit: number): Buffer | undefined {
  try {
    // What follows the end of the stream is not looked at; one that is cut off is read as far as it goes.
    return inflateSync(bytes, { maxOutputLength: Math.max(1, limit), finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') {
      throw new TooMuchInside(`A stream has more than ${limit} bytes inside.`, { cause: error });
    }
    if (code?.startsWith('Z_') === true) return undefined;
    throw error;
  }
}

/** The keyword is followed by one line end. */
function lineEnd(pdf: Buffer, at: number): number {
  return pdf[at] === 0x0d && pdf[at + 1] === 0x0a ? 2 : 1;
}
