/** Characters that `String.fromCharCode` takes at once without a deep stack. */
const CHUNK = 8_192;

/** Base64 (RFC 4648 §4). */
export function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(text);
}

/** @returns undefined for what is no Base64 */
export function bytesOf(base64: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  } catch {
    // atob throws for a wrong letter or length, and for nothing else.
    return undefined;
  }
}
