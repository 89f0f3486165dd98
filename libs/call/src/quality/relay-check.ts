/** How one TURN server can be reached in one way. */
export interface RelayResult {
  readonly url: string;
  readonly transport: 'udp' | 'tcp' | 'tls';
  /** `refused`: it answered, and did not accept the credentials, or has no room. */
  readonly outcome: 'reachable' | 'refused' | 'unreachable';
}

export interface RelayCheck {
  /**
   * - `good`: there is a relay over UDP
   * - `tcp-only`: there is one, but not over UDP, which this network keeps back: sound may lag
   * - `refused`: a server answered, and refused
   * - `unreachable`: none answered
   * - `not-configured`: there is none; only calls that can go direct connect
   */
  readonly verdict: 'good' | 'tcp-only' | 'refused' | 'unreachable' | 'not-configured';
  /** In the order of the servers' addresses. */
  readonly results: readonly RelayResult[];
}

export function verdictOf(results: readonly RelayResult[]): RelayCheck['verdict'] {
  if (results.length === 0) return 'not-configured';
  const reachable = results.filter(({ outcome }) => outcome === 'reachable');
  if (reachable.some(({ transport }) => transport === 'udp')) return 'good';
  if (reachable.length > 0) return 'tcp-only';
  return results.some(({ outcome }) => outcome === 'refused') ? 'refused' : 'unreachable';
}

/** RFC 7065: `turn:` over UDP unless it says otherwise; `turns:` over TLS. Undefined for what is no TURN server. */
export function transportOf(url: string): RelayResult['transport'] | undefined {
  const [scheme] = url.split(':', 1);
  if (scheme === 'turns') return 'tls';
  if (scheme !== 'turn') return undefined;
  return /[?&]transport=tcp\b/i.test(url) ? 'tcp' : 'udp';
}
