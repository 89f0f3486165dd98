import type { IncomingMessage } from 'node:http';
import { endSlowBody } from './slow-bodies';

/** Bytes of a small body at most. */
const SMALL = 256;

const json = new Set(['application/json', 'application/json; charset=utf-8']);

/**
 * How many bytes of small, plain JSON a request brings.
 *
 * @returns 0 when it has no body; undefined for anything else, which the parser of all bodies has to look at
 */
export function smallBodyLength({ headers }: Pick<IncomingMessage, 'headers'>): number | undefined {
  const { 'content-length': length = '0', 'content-type': type } = headers;
  if (headers['transfer-encoding'] !== undefined || headers['content-encoding'] !== undefined) return undefined;
  // Who expects to be told to go on has not sent it yet.
  if (headers.expect !== undefined || !/^\d{1,3}$/.test(length) || Number(length) > SMALL) return undefined;
  if (length === '0' && type === undefined) return 0;
  return Number(length) > 0 && type !== undefined && json.has(type) ? Number(length) : undefined;
}

/**
 * Waits for a body of so many bytes, and reads it. It can be given back with `request.unshift`: no end is told before
 * something is read again.
 *
 * @param limitMs as for {@link endSlowBody}
 */
export function readBody(
  request: IncomingMessage,
  length: number,
  then: (body: Buffer) => void,
  limitMs?: number,
): void {
  // Nearly always it came with the head, and is there when that is dealt with.
  process.nextTick(() => {
    const body = request.read(length) as Buffer | null;
    if (body === null) waitForBody(request, length, then, limitMs);
    else then(body);
  });
}

function waitForBody(
  request: IncomingMessage,
  length: number,
  then: (body: Buffer) => void,
  limitMs: number | undefined,
): void {
  endSlowBody(request, limitMs);
  const read = (): void => {
    const body = request.read(length) as Buffer | null;
    if (body === null) return;
    request.off('readable', read);
    then(body);
  };
  request.on('readable', read);
}
