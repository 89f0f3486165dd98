import { isIPv4 } from 'node:net';

const MAGIC_COOKIE = Buffer.from([0x21, 0x12, 0xa4, 0x42]);
const IPV4 = 0x01;
const IPV6 = 0x02;

/** An address and a port, as XOR-MAPPED-ADDRESS, XOR-RELAYED-ADDRESS and XOR-PEER-ADDRESS carry them. */
export interface StunAddress {
  readonly host: string;
  readonly port: number;
}

/** @param transactionId of the message that carries it (RFC 8489 §14.2) */
export function encodeAddress({ host, port }: StunAddress, transactionId: Buffer): Buffer {
  const address = isIPv4(host) ? Buffer.from(host.split('.').map(Number)) : ipv6Bytes(host);
  const bytes = Buffer.alloc(4);
  bytes.writeUInt8(address.length === 4 ? IPV4 : IPV6, 1);
  bytes.writeUInt16BE(port ^ MAGIC_COOKIE.readUInt16BE(0), 2);
  return Buffer.concat([bytes, masked(address, transactionId)]);
}

/** Undefined when these bytes are no address. */
export function decodeAddress(value: Buffer, transactionId: Buffer): StunAddress | undefined {
  const family = value[1];
  const size = family === IPV4 ? 4 : family === IPV6 ? 16 : undefined;
  if (size === undefined || value.length !== 4 + size) return undefined;
  const address = masked(value.subarray(4), transactionId);
  const groups = Array.from({ length: size / 2 }, (_, index) => address.readUInt16BE(index * 2).toString(16));
  return {
    host: family === IPV4 ? address.join('.') : groups.join(':'),
    port: value.readUInt16BE(2) ^ MAGIC_COOKIE.readUInt16BE(0),
  };
}

function masked(address: Buffer, transactionId: Buffer): Buffer {
  const mask = Buffer.concat([MAGIC_COOKIE, transactionId]);
  return Buffer.from(address.map((byte, index) => byte ^ (mask[index] ?? 0)));
}

/** The URL parser writes an IPv6 address in its shortest form, whatever form it had: eight groups, one run left out. */
function ipv6Bytes(host: string): Buffer {
  const [head = '', tail] = new URL(`http://[${host}]`).hostname.slice(1, -1).split('::');
  const groups = (text: string): number[] =>
    text === '' ? [] : text.split(':').map((each) => Number.parseInt(each, 16));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => 0);
  const bytes = Buffer.alloc(16);
  [...before, ...zeros, ...after].forEach((group, index) => bytes.writeUInt16BE(group, index * 2));
  return bytes;
}
