/** Name of the query parameter that says where to go after signing in. */
export const RETURN_TO = 'returnTo';

/**
 * The path to go to after signing in, or `fallback`. Only a path of this site is taken: whoever sends someone a link
 * to the sign-in page must not choose where they end up (OWASP: unvalidated redirects).
 */
export function returnPath(wanted: string | null | undefined, fallback: string): string {
  // Backslashes count as slashes in a browser's address, and control characters are dropped from it.
  if (wanted == null || !/^\/(?!\/)[^\\\p{Cc}]*$/u.test(wanted)) return fallback;
  const here = 'https://here.invalid';
  const address = URL.parse(wanted, here);
  if (address?.origin !== here) return fallback;
  const path = `${address.pathname}${address.search}${address.hash}`;
  // Dots are resolved by now: '/.//elsewhere.example' has become '//elsewhere.example'.
  return path.startsWith('//') || /^\/(sign-in|register)\b/.test(path) ? fallback : path;
}
