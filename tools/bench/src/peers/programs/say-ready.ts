import type { AddressInfo } from 'node:net';

/** Tells whoever started this program where it serves. */
export function sayReady(address: AddressInfo | string | null): void {
  if (address === null || typeof address === 'string') throw new Error('Not listening on a port.');
  process.stdout.write(`ready ${address.port}\n`);
}
