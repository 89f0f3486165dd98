let written = 0;
let text = '';

/** The time in ISO 8601, UTC. Many frames are made within one millisecond, and writing it out is a good part of their cost. */
export function isoNow(): string {
  const now = Date.now();
  if (now !== written) {
    written = now;
    text = new Date(now).toISOString();
  }
  return text;
}

let readText = '';
let read = new Date(0);

/** The same date for the same text, when that was the last one. Not to be changed, for many may have it. */
export function dateOf(iso: string): Date {
  if (iso !== readText) {
    readText = iso;
    read = new Date(iso);
  }
  return read;
}
