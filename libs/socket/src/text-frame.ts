import type { ServerFrame } from '@parley/protocol';
import { isoNow } from './now';

/**
 * One unmasked, final WebSocket text frame, header and payload in one buffer (RFC 6455 §5.2). Made once per message
 * and written as it is to every subscriber.
 */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const header = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(header + length);
  frame[0] = 0x81;
  if (header === 2) frame[1] = length;
  else if (header === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(text, header, 'utf8');
  return frame;
}

/** @throws RangeError when the payload nests deeper than the stack allows; frames are checked when they arrive (F3) */
export function encode(frame: ServerFrame<unknown>): Buffer {
  return textFrame(JSON.stringify(frame));
}

/** A frame in which the server speaks for itself. */
export function serverFrame(
  type: string,
  payload: unknown,
  about: { readonly topic?: string; readonly id?: string } = {},
): Buffer {
  return encode({ type, ...about, sender: null, store: false, timestamp: isoNow(), payload });
}
