/** Reads what it can of the bytes from `from` to `to`. @returns where the first begins that is not complete */
export type Parse = (buffer: Buffer, from: number, to: number) => number;

/** Keeps what a parser could not read yet, and gives it again in front of what comes next. */
export class Unfinished {
  private rest: Buffer | undefined;

  constructor(private readonly parse: Parse) {}

  push(buffer: Buffer, from: number, to: number): void {
    const { rest } = this;
    const whole = rest === undefined ? buffer : Buffer.concat([rest, buffer.subarray(from, to)]);
    const [start, end] = rest === undefined ? [from, to] : [0, whole.length];
    const read = this.parse(whole, start, end);
    this.rest = read < end ? Buffer.from(whole.subarray(read, end)) : undefined;
  }
}

const LF = '\n'.charCodeAt(0);
const ZERO = '0'.charCodeAt(0);

/** Behind the next line break; -1 when it has not come. */
export function lineEnd(buffer: Buffer, from: number, to: number): number {
  for (let at = from; at < to; at += 1) if (buffer[at] === LF) return at + 1;
  return -1;
}

/** The decimal number of the line that ends at `end` with CR LF, where digits begin at `from`. */
export function decimal(buffer: Buffer, from: number, end: number): number {
  let value = 0;
  for (let at = from; at < end - 2; at += 1) value = value * 10 + (buffer[at] ?? 0) - ZERO;
  return value;
}
