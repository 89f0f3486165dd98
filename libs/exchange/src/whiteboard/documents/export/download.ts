/** Milliseconds for which the browser may still be reading what it saves. */
const KEPT_MS = 60_000;

/** Lets the browser save something as a file. @param name with its ending */
export function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName(name);
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}

/** A name as file systems take it. */
export function fileName(name: string): string {
  const safe = name
    .replace(/[\u0000-\u001f\u007f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  return safe === '' ? 'whiteboard' : safe;
}
