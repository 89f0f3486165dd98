import { isIPv6 } from 'node:net';

/** The address of a STUN or TURN server, as browsers take it (RFC 7064, RFC 7065). */
export interface IceUrl {
  readonly scheme: 'stun' | 'turn' | 'turns';
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port: number;
  /** How the client talks to it. `turns` is TLS over TCP; browsers do not speak DTLS to a relay. */
  readonly transport: 'udp' | 'tcp';
}

const grammar =
  /^(stun|turns?):(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)(?::(\d{1,5}))?(?:\?transport=(udp|tcp))?$/;

/** Takes an address apart. Undefined: a browser would refuse it, and the whole connection with it. */
export function parseIceUrl(text: string): IceUrl | undefined {
  const [, scheme, named, digits, given] = grammar.exec(text) ?? [];
  if (scheme === undefined || named === undefined) return undefined;
  const host = named.replace(/^\[|\]$/g, '');
  if (named.startsWith('[') && !isIPv6(host)) return undefined;
  const isTls = scheme === 'turns';
  const port = digits === undefined ? (isTls ? 5349 : 3478) : Number(digits);
  if (port < 1 || port > 65_535) return undefined;
  if (scheme === 'stun') return given === undefined ? { scheme, host, port, transport: 'udp' } : undefined;
  if (isTls) return given === 'udp' ? undefined : { scheme: 'turns', host, port, transport: 'tcp' };
  return { scheme: 'turn', host, port, transport: given === 'tcp' ? 'tcp' : 'udp' };
}
