import { systemClock, type Clock } from '@parley/client';
import type { IceServers } from '@parley/protocol';
import { transportOf, verdictOf, type RelayCheck, type RelayResult } from './relay-check';

export interface RelayCheckOptions {
  /** A browser's connection, unless another is given. */
  readonly connect?: (configuration: RTCConfiguration) => RTCPeerConnection;
  readonly clock?: Clock;
  /** Milliseconds, 8,000 unless given. */
  readonly timeoutMs?: number;
}

/** A server behind TCP and TLS on a slow network answers within four round trips. Whoever needs longer carries no call. */
const TIMEOUT_MS = 8_000;

/** The browser's own code for a server that did not answer (webrtc-pc §4.8.2); below it are the codes of STUN. */
const NO_ANSWER = 701;

/**
 * Asks each TURN server for a relay, over each transport, all at once: what a call would need, before it is needed. It
 * never rejects, and leaves nothing behind. With refused credentials a connection stays `new` for ever, so what counts
 * is what its gathering of candidates says (RFC 8445 §5.1.1).
 */
export async function checkRelay(servers: IceServers, options: RelayCheckOptions = {}): Promise<RelayCheck> {
  const probes = servers.iceServers.flatMap(({ urls, ...credentials }) =>
    urls.flatMap((url) => {
      const transport = transportOf(url);
      return transport === undefined ? [] : [{ url, transport, server: { ...credentials, urls: [url] } }];
    }),
  );
  const results = await Promise.all(
    probes.map(async ({ url, transport, server }) => ({ url, transport, outcome: await probe(server, options) })),
  );
  return { verdict: verdictOf(results), results };
}

async function probe(server: RTCIceServer, options: RelayCheckOptions): Promise<RelayResult['outcome']> {
  const connect = options.connect ?? ((configuration) => new RTCPeerConnection(configuration));
  let connection: RTCPeerConnection;
  try {
    connection = connect({ iceServers: [server], iceTransportPolicy: 'relay' });
  } catch {
    // An address that the browser cannot read, or without credentials: no relay comes of it.
    return 'unreachable';
  }
  try {
    return await gathered(connection, options);
  } finally {
    connection.close();
  }
}

function gathered(connection: RTCPeerConnection, options: RelayCheckOptions): Promise<RelayResult['outcome']> {
  return new Promise((resolve) => {
    const done = (outcome: RelayResult['outcome']): void => {
      cancel();
      resolve(outcome);
    };
    const cancel = (options.clock ?? systemClock).after(options.timeoutMs ?? TIMEOUT_MS, () => done('unreachable'));
    connection.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate === null) done('unreachable');
      else if (candidate.type === 'relay' || / typ relay\b/.test(candidate.candidate)) done('reachable');
    });
    connection.addEventListener('icecandidateerror', ({ errorCode }) => {
      if (errorCode < NO_ANSWER) done('refused');
    });
    connection.createDataChannel('check');
    // Fails only once the connection is closed, and that is after an outcome.
    connection.setLocalDescription().catch(() => done('unreachable'));
  });
}
