const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-';
const grammar = /^[A-Za-z0-9_-]{1,64}$/;

/** 126 random bits: two messages never share one, on any page of any user. */
export function newMessageId(): string {
  // Not randomUUID: browsers have that on secure pages only.
  return Array.from(crypto.getRandomValues(new Uint8Array(21)), (byte) => alphabet[byte & 63]).join('');
}

export function isMessageId(id: string): boolean {
  return grammar.test(id);
}

/** @throws RangeError for an id that the server would not take (P3). */
export function checkedMessageId(id: string): string {
  if (!isMessageId(id)) throw new RangeError('A message id is 1 to 64 of A–Z, a–z, 0–9, _ and -.');
  return id;
}
