/**
 * A final, masked frame, as clients send them (RFC 6455 §5.2). Its key is zero, so that the payload stays as it is; the
 * server has the same work as with any other.
 *
 * @param claim where it is written, for so many bytes
 */
export function clientFrame(
  payload: string | Buffer,
  opcode: number,
  claim: (bytes: number) => Buffer = (bytes) => Buffer.allocUnsafe(bytes),
): Buffer {
  const length = Buffer.byteLength(payload);
  const extra = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const frame = claim(6 + extra + length);
  frame[0] = 0x80 | opcode;
  frame[1] = 0x80 | (extra === 0 ? length : extra === 2 ? 126 : 127);
  if (extra === 2) frame.writeUInt16BE(length, 2);
  else if (extra === 8) frame.writeBigUInt64BE(BigInt(length), 2);
  const start = 6 + extra;
  frame.fill(0, 2 + extra, start);
  if (typeof payload === 'string') frame.write(payload, start, 'utf8');
  else payload.copy(frame, start);
  return frame;
}
