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
  let text: string;
  try {
    text = atob(base64);
  } catch {
    // atob throws for a wrong letter or length, and for nothing else.
    return undefined;
  }
  // A loop: `Uint8Array.from` calls a function for each byte, which takes ten times as long.
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}
