import { decimal, lineEnd, type Parse } from './unfinished';

const ARRAY = '*'.charCodeAt(0);
const MESSAGE = 'm'.charCodeAt(0);
const CRLF_BYTES = 2;

interface RedisEvents {
  /** The payload is good during the call only. */
  readonly onMessage: (payload: Buffer) => void;
  readonly onSubscribed: () => void;
}

/** Reads what Redis says to a subscriber: arrays of `message`, channel, payload, or of `subscribe`, channel, count. */
export function redisParser(events: RedisEvents): Parse {
  return (buffer, from, to) => {
    let at = from;
    while (at < to) {
      const next = readArray(events, buffer, at, to);
      if (next < 0) return at;
      at = next;
    }
    return at;
  };
}

function readArray({ onMessage, onSubscribed }: RedisEvents, buffer: Buffer, from: number, to: number): number {
  if (buffer[from] !== ARRAY) throw new Error(`Not expected: ${buffer.toString('latin1', from, from + 100)}`);
  const kind = lineEnd(buffer, from, to);
  const kindBody = kind < 0 ? -1 : lineEnd(buffer, kind, to);
  const channel = bulkEnd(buffer, kind, kindBody, to);
  const channelBody = channel < 0 ? -1 : lineEnd(buffer, channel, to);
  const last = bulkEnd(buffer, channel, channelBody, to);
  const lastBody = last < 0 ? -1 : lineEnd(buffer, last, to);
  if (lastBody < 0) return -1;
  if (buffer[kindBody] !== MESSAGE) {
    // `:<count>` has no body.
    onSubscribed();
    return lastBody;
  }
  const end = bulkEnd(buffer, last, lastBody, to);
  if (end < 0) return -1;
  onMessage(buffer.subarray(lastBody, end - CRLF_BYTES));
  return end;
}

/** Behind a string whose `$<bytes>` line is from `line` to `body`; -1 when it has not come. */
function bulkEnd(buffer: Buffer, line: number, body: number, to: number): number {
  if (body < 0) return -1;
  const end = body + decimal(buffer, line + 1, body) + CRLF_BYTES;
  return end > to ? -1 : end;
}
