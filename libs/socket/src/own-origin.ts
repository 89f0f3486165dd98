/**
 * Whether a page of this origin was served under this host, whatever its scheme: a proxy may have taken HTTPS off.
 *
 * @param host of the `Host` header
 */
export function isOwnOrigin(origin: string, host: string | undefined): boolean {
  if (host === undefined) return false;
  // What browsers send, nearly always, as it is.
  if (origin === `http://${host}` || origin === `https://${host}`) return true;
  return URL.parse(origin)?.host === host.toLowerCase();
}
