import * as decoding from 'lib0/decoding';
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
  try {
    const from = decoding.createDecoder(bytes);
    const count = decoding.readVarUint(from);
    if (count < 1 || count > INK_POINTS_MAX) return undefined;
    const points = new Float32Array(count * 3);
    let [x, y] = [0, 0];
    for (let at = 0; at < points.length; at += 3) {
      x += decoding.readVarInt(from);
      y += decoding.readVarInt(from);
      if (Math.abs(x) > FAR * STEPS || Math.abs(y) > FAR * STEPS) return undefined;
      points[at] = x / STEPS;
      points[at + 1] = y / STEPS;
      points[at + 2] = decoding.readUint8(from) / PRESSURES;
    }
    // A single byte past the end reads as nothing, and throws nothing.
    return from.pos > bytes.length ? undefined : points;
  } catch {
    // They end too early: somebody else wrote them, and it is no shape.
    return undefined;
  }
}
