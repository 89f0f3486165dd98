import { createHash, createHmac, randomBytes } from 'node:crypto';

/** RFC 8489 §5: the first bits of a STUN message, and what its fifth to eighth byte are. */
const HEADER_BYTES = 20;
const MAGIC_COOKIE = 0x2112_a442;

/** RFC 8489 §18.2 and RFC 8656 §17. */
export const method = { binding: 0x001, allocate: 0x003, refresh: 0x004, createPermission: 0x008 } as const;
/** RFC 8489 §18.3 and RFC 8656 §18. */
export const attribute = {
  username: 0x0006,
  messageIntegrity: 0x0008,
  errorCode: 0x0009,
  lifetime: 0x000d,
  xorPeerAddress: 0x0012,
  realm: 0x0014,
  nonce: 0x0015,
  xorRelayedAddress: 0x0016,
  requestedTransport: 0x0019,
  xorMappedAddress: 0x0020,
} as const;

export type StunClass = 'request' | 'indication' | 'success' | 'error';
const classes: readonly StunClass[] = ['request', 'indication', 'success', 'error'];

export interface StunMessage {
  readonly class: StunClass;
  readonly method: number;
  /** 12 bytes that an answer repeats. */
  readonly transactionId: Buffer;
  readonly attributes: readonly StunAttribute[];
}

export interface StunAttribute {
  readonly type: number;
  readonly value: Buffer;
}

/** What a long-term credential is made of (RFC 8489 §9.2). */
export interface LongTermKey {
  readonly username: string;
  readonly realm: string;
  readonly password: string;
}

/** A request with a random transaction id. */
export function stunRequest(what: number, attributes: readonly StunAttribute[] = []): StunMessage {
  return { class: 'request', method: what, transactionId: randomBytes(12), attributes };
}

/**
 * Writes a message (RFC 8489 §5, §14).
 *
 * @param key signs it with MESSAGE-INTEGRITY (RFC 8489 §14.5)
 */
export function encodeStun(message: StunMessage, key?: LongTermKey): Buffer {
  const body = Buffer.concat(message.attributes.map(encodeAttribute));
  if (key === undefined) return Buffer.concat([header(message, body.length), body]);
  // The length that is signed counts the signature itself: 4 bytes before it, and 20 of SHA-1.
  const signed = Buffer.concat([header(message, body.length + 24), body]);
  const secret = createHash('md5').update(`${key.username}:${key.realm}:${key.password}`).digest();
  const value = createHmac('sha1', secret).update(signed).digest();
  return Buffer.concat([signed, encodeAttribute({ type: attribute.messageIntegrity, value })]);
}

/** Bytes of the first message in a stream, or undefined while its header is not complete. */
export function stunLength(bytes: Buffer): number | undefined {
  return bytes.length < HEADER_BYTES ? undefined : HEADER_BYTES + bytes.readUInt16BE(2);
}

/** Reads a message; undefined when these bytes are none. */
export function decodeStun(bytes: Buffer): StunMessage | undefined {
  if (stunLength(bytes) !== bytes.length || bytes.readUInt32BE(4) !== MAGIC_COOKIE) return undefined;
  const type = bytes.readUInt16BE(0);
  if (type > 0x3fff) return undefined;
  const kind = classes[((type >> 7) & 0b10) | ((type >> 4) & 0b01)];
  if (kind === undefined) return undefined;
  const attributes: StunAttribute[] = [];
  for (let at = HEADER_BYTES; at < bytes.length;) {
    if (at + 4 > bytes.length) return undefined;
    const size = bytes.readUInt16BE(at + 2);
    if (at + 4 + size > bytes.length) return undefined;
    attributes.push({ type: bytes.readUInt16BE(at), value: bytes.subarray(at + 4, at + 4 + size) });
    at += 4 + padded(size);
  }
  return {
    class: kind,
    method: (type & 0x000f) | ((type & 0x00e0) >> 1) | ((type & 0x3e00) >> 2),
    transactionId: bytes.subarray(8, HEADER_BYTES),
    attributes,
  };
}

/** The value of the first attribute of this type. */
export function valueOf(message: StunMessage, type: number): Buffer | undefined {
  return message.attributes.find((each) => each.type === type)?.value;
}

/** The code of an error (RFC 8489 §14.8), like 401; undefined where there is none. */
export function errorCodeOf(message: StunMessage): number | undefined {
  const value = valueOf(message, attribute.errorCode);
  if (value === undefined || value.length < 4) return undefined;
  return (value.readUInt8(2) & 0b111) * 100 + value.readUInt8(3);
}

function header({ class: kind, method: what, transactionId }: StunMessage, bodyBytes: number): Buffer {
  const bits = classes.indexOf(kind);
  const type =
    (what & 0x000f) | ((what & 0x0070) << 1) | ((what & 0x0f80) << 2) | ((bits & 0b10) << 7) | ((bits & 0b01) << 4);
  const bytes = Buffer.alloc(8);
  bytes.writeUInt16BE(type, 0);
  bytes.writeUInt16BE(bodyBytes, 2);
  bytes.writeUInt32BE(MAGIC_COOKIE, 4);
  return Buffer.concat([bytes, transactionId]);
}

function encodeAttribute({ type, value }: StunAttribute): Buffer {
  const bytes = Buffer.alloc(4 + padded(value.length));
  bytes.writeUInt16BE(type, 0);
  bytes.writeUInt16BE(value.length, 2);
  value.copy(bytes, 4);
  return bytes;
}

function padded(bytes: number): number {
  return (bytes + 3) & ~3;
}
