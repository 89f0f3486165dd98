/** A cursor as the whiteboard says it (W5); the two numbers are the place, and tell which cursor it is. */
export function cursorPayload(number: number, exchange: number): string {
  return `{"page":"board","cursor":[${number},${exchange}]}`;
}

const beginning = Buffer.from('"cursor":[');
const COMMA = 0x2c;
const BRACKET = 0x5d;
const ZERO = 0x30;

/** Finds the cursor in a frame of any server without reading the rest of it. @returns false when there is none */
export function readCursor(frame: Buffer, found: (number: number, exchange: number) => void): boolean {
  const start = frame.indexOf(beginning);
  if (start < 0) return false;
  let at = start + beginning.length;
  let number = 0;
  for (; frame[at] !== COMMA; at += 1) number = number * 10 + digit(frame, at);
  let exchange = 0;
  for (at += 1; frame[at] !== BRACKET; at += 1) exchange = exchange * 10 + digit(frame, at);
  found(number, exchange);
  return true;
}

/** @throws RangeError for what is no digit, so that a frame that is cut does not count */
function digit(frame: Buffer, at: number): number {
  const value = (frame[at] ?? 0) - ZERO;
  if (value < 0 || value > 9) throw new RangeError(`No cursor: ${frame.toString('utf8')}`);
  return value;
}
