/** More is not seen, and costs four times the memory. */
const RATIO_MAX = 2;

/** Device pixels in a CSS pixel that the board is drawn with. */
export function pixelRatio(): number {
  return Math.min(RATIO_MAX, window.devicePixelRatio || 1);
}

/** Tells when the window is on another screen, or zoomed. @returns what stops it */
export function watchPixelRatio(changed: () => void): () => void {
  let query: MediaQueryList;
  const watch = (): void => {
    query = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    query.addEventListener('change', heard);
  };
  const heard = (): void => {
    query.removeEventListener('change', heard);
    watch();
    changed();
  };
  watch();
  return () => query.removeEventListener('change', heard);
}
