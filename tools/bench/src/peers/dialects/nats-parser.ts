import { decimal, lineEnd, type Parse } from './unfinished';

const MSG = 'M'.charCodeAt(0);
const SPACE = ' '.charCodeAt(0);
const CRLF_BYTES = 2;

interface NatsEvents {
  /** The payload is good during the call only. */
  readonly onMessage: (payload: Buffer) => void;
  /** Everything else, with its line break. */
  readonly onLine: (line: string) => void;
}

/** Reads what a nats-server says: `MSG <subject> <sid> <bytes>` and the payload, or a line. */
export function natsParser({ onMessage, onLine }: NatsEvents): Parse {
  return (buffer, from, to) => {
    let at = from;
    while (at < to) {
      const body = lineEnd(buffer, at, to);
      if (body < 0) return at;
      if (buffer[at] === MSG) {
        let digits = body - CRLF_BYTES;
        while (buffer[digits - 1] !== SPACE) digits -= 1;
        const end = body + decimal(buffer, digits, body) + CRLF_BYTES;
        if (end > to) return at;
        onMessage(buffer.subarray(body, end - CRLF_BYTES));
        at = end;
      } else {
        onLine(buffer.toString('utf8', at, body));
        at = body;
      }
    }
    return at;
  };
}
