import type { BrowserContext, Page } from '@playwright/test';

/** How one `RTCPeerConnection` of a page stands. */
export interface PeerLink {
  readonly state: RTCPeerConnectionState;
  /** The way that is used, like `relay/relay tcp`: types of both ends, and how one's own relay is reached. */
  readonly path: string | undefined;
  /** Which gathering of addresses the path in use is from (its ICE username fragment); another one after a restart. */
  readonly generation: string | undefined;
  /** Packets that came over it, of any kind. */
  readonly packets: number;
}

export interface CandidateError {
  readonly code: number;
  readonly url: string;
}

interface Collected {
  readonly made: RTCPeerConnection[];
  readonly errors: CandidateError[];
}

declare global {
  interface Window {
    collectedLinks?: Collected;
  }
}

/** Lets tests see the connections of every page that this context opens from now on; the app knows nothing of it. */
export async function collectLinks(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const collected: Collected = { made: [], errors: [] };
    window.collectedLinks = collected;
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        collected.made.push(this);
        this.addEventListener('icecandidateerror', ({ errorCode, url }) => {
          collected.errors.push({ code: errorCode, url });
        });
      }
    };
  });
}

/** Those that were not closed, the oldest first. */
export function linksOf(page: Page): Promise<PeerLink[]> {
  return page.evaluate(async () => {
    const open = (window.collectedLinks?.made ?? []).filter(({ connectionState }) => connectionState !== 'closed');
    return Promise.all(
      open.map(async (connection) => {
        const stats = new Map<string, Record<string, string | number | undefined>>(await connection.getStats());
        const transport = [...stats.values()].find(({ type }) => type === 'transport');
        // Several pairs may be nominated; this is the one in use.
        const pair = stats.get(String(transport?.selectedCandidatePairId));
        const [near, far] = [stats.get(String(pair?.localCandidateId)), stats.get(String(pair?.remoteCandidateId))];
        return {
          state: connection.connectionState,
          path:
            near === undefined || far === undefined
              ? undefined
              : [`${near.candidateType}/${far.candidateType}`, near.relayProtocol].filter(Boolean).join(' '),
          generation: near === undefined ? undefined : String(near.usernameFragment),
          packets: Number(transport?.packetsReceived ?? 0),
        };
      }),
    );
  });
}

/** What the relays refused, since the page was loaded. */
export function candidateErrors(page: Page): Promise<CandidateError[]> {
  return page.evaluate(() => window.collectedLinks?.errors ?? []);
}
