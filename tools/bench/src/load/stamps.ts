/** Never part of a frame's other fields, so that a stamp is found without parsing. */
const MARKER = '#'.charCodeAt(0);
const DIGITS = 10;
const ZERO = '0'.charCodeAt(0);

const BEGINNING = '{"at":"#';
const MIDDLE = '","text":"';
const END = '"}';

/** Bytes of the smallest payload that has a stamp. */
export const LEAST_PAYLOAD_BYTES = BEGINNING.length + DIGITS + MIDDLE.length + END.length;

/** Makes JSON texts of one length, each with a number of its own in a fixed place. */
export class Stamper {
  private readonly rest: string;

  /** @param bytes of each payload @throws RangeError when there is no room for a stamp */
  constructor(bytes: number) {
    if (bytes < LEAST_PAYLOAD_BYTES) throw new RangeError(`A payload has at least ${LEAST_PAYLOAD_BYTES} bytes.`);
    this.rest = MIDDLE + 'See you there. '.repeat(Math.ceil(bytes / 15)).slice(0, bytes - LEAST_PAYLOAD_BYTES) + END;
  }

  /** @param number from 0, below 10 to the 10th */
  payload(number: number): string {
    return BEGINNING + String(number).padStart(DIGITS, '0') + this.rest;
  }
}

/** The number in a message, whatever its server put around the payload; -1 when there is none. */
export function stampOf(message: Buffer): number {
  const at = message.indexOf(MARKER);
  if (at < 0 || at + DIGITS >= message.length) return -1;
  let number = 0;
  for (let place = at + 1; place <= at + DIGITS; place += 1) number = number * 10 + (message[place] ?? 0) - ZERO;
  return number;
}
