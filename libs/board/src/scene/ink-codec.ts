import * as encoding from 'lib0/encoding';
import { FAR, INK_POINTS_MAX, type InkPoints } from './shape';

/** Steps of one unit: finer than any screen shows, and mostly one byte a step. */
const STEPS = 8;
const PRESSURES = 255;

/**
 * Ink as it is stored: how far each point is from the one before, in eighths of a unit, and its pressure. About three bytes
 * a point.
 *
 * @param points x, y, pressure (0 to 1), …
 */
export function encodeInk(points: ArrayLike<number>): Uint8Array {
  const out = encoding.createEncoder();
  const count = Math.min(Math.floor(points.length / 3), INK_POINTS_MAX);
  encoding.writeVarUint(out, count);
  let [x, y] = [0, 0];
  for (let at = 0; at < count * 3; at += 3) {
    const [right, down] = [Math.round((points[at] ?? 0) * STEPS), Math.round((points[at + 1] ?? 0) * STEPS)];
    encoding.writeVarInt(out, right - x);
    encoding.writeVarInt(out, down - y);
    encoding.writeUint8(out, Math.round(Math.min(1, Math.max(0, points[at + 2] ?? 0.5)) * PRESSURES));
    [x, y] = [right, down];
  }
  return encoding.toUint8Array(out);
}

/** @returns undefined for bytes that are no ink, or too much of it */
export function decodeInk(bytes: Uint8Array): InkPoints | undefined {
  const from = new InkBytes(bytes);
  const count = from.wholeNumber();
  if (!(count >= 1 && count <= INK_POINTS_MAX)) return undefined;
  const points = new Float32Array(count * 3);
  let [x, y] = [0, 0];
  for (let at = 0; at < points.length; at += 3) {
    x += from.step();
    y += from.step();
    // Also not so where they have ended: that is no number.
    if (!(Math.abs(x) <= FAR * STEPS && Math.abs(y) <= FAR * STEPS)) return undefined;
    points[at] = x / STEPS;
    points[at + 1] = y / STEPS;
    points[at + 2] = from.byte() / PRESSURES;
  }
  return from.isWithin ? points : undefined;
}

/** The numbers as lib0 writes them, read without a call for each byte: a board that is opened has 100,000s. */
class InkBytes {
  #at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  /** Whether nothing was read from beyond the end. */
  get isWithin(): boolean {
    return this.#at <= this.bytes.length;
  }

  byte(): number {
    return this.bytes[this.#at++] ?? NaN;
  }

  /** `readVarUint` of lib0. */
  wholeNumber(): number {
    return this.#more(0, 1);
  }

  /** `readVarInt` of lib0: the sign and six bits, then seven bits a byte. */
  step(): number {
    const first = this.byte();
    const size = first & 128 ? this.#more(first & 63, 64) : first & 63;
    if (Number.isNaN(first)) return NaN;
    return first & 64 ? -size : size;
  }

  #more(before: number, factor: number): number {
    let [number, times, byte] = [before, factor, 128];
    while (byte & 128) {
      byte = this.byte();
      number += (byte & 127) * times;
      times *= 128;
      if (Number.isNaN(byte) || number > Number.MAX_SAFE_INTEGER) return NaN;
    }
    return number;
  }
}
