import type { ConnectionStatus } from '@parley/client';
import { CloseCode } from '@parley/protocol';

/** Milliseconds that a restart may take before it is a fault like any other. */
const CALM_MS = 30_000;

/** What the connection pill shows. */
export interface ConnectionView {
  readonly tone: 'good' | 'quiet' | 'warn' | 'bad';
  readonly icon: 'connected' | 'working' | 'offline' | 'signed-out' | 'elsewhere';
  readonly text: string;
  /** What waits to be sent, in words; empty for nothing worth saying. */
  readonly queued: string;
  /** What a screen reader says; without the seconds, which would be said again and again. */
  readonly spoken: string;
  /** The one thing that helps now. */
  readonly action: 'retry' | 'sign-in' | 'take-over' | undefined;
}

/**
 * @param lostAt when the last connection was lost, in milliseconds since the epoch; without one it is no *re*connect
 * @param online what the browser says of the network
 * @param now milliseconds since the epoch
 */
export function connectionView(
  status: ConnectionStatus,
  lostAt: number | undefined,
  online: boolean,
  now: number,
): ConnectionView {
  const queued = queuedText(status.queued);
  const base = { queued, action: undefined } as const;
  switch (status.state) {
    case 'connected':
      // The browser knows first: the socket finds out when something that it sent goes unanswered.
      if (!online) return { ...base, tone: 'warn', icon: 'offline', ...noNetwork };
      // What is on its way now needs no words: its bubble says so.
      return { tone: 'good', icon: 'connected', text: 'Connected', queued: '', spoken: 'Connected', action: undefined };
    case 'signed-out':
      return { ...base, tone: 'bad', icon: 'signed-out', text: 'Signed out', spoken: 'Signed out', action: 'sign-in' };
    case 'closed': {
      const text = 'Open in another window';
      return { ...base, tone: 'warn', icon: 'elsewhere', text, spoken: text, action: 'take-over' };
    }
    case 'offline':
      return {
        ...base,
        tone: 'warn',
        icon: 'offline',
        text: 'Not connected',
        spoken: 'Not connected',
        action: 'retry',
      };
    case 'connecting':
    case 'waiting':
      break;
  }
  if (!online) return { ...base, tone: 'warn', icon: 'offline', ...noNetwork, action: 'retry' };
  // Both mend themselves at a moment of the server's choosing: no alarm, and no button that would only crowd it.
  if (lostAt !== undefined && now - lostAt < CALM_MS) {
    const calm = { ...base, tone: 'quiet', icon: 'working' } as const;
    if (status.closeCode === CloseCode.restarting) {
      const text = 'The server restarts, back in a moment';
      return { ...calm, text, spoken: `${text}. You can go on writing.` };
    }
    if (status.closeCode === CloseCode.slowReader) {
      const text = 'Catching up…';
      return { ...calm, text, spoken: 'Your connection was slow. What you missed is loaded now.' };
    }
  }
  const again = lostAt !== undefined || status.attempt > 1;
  const word = again ? 'Reconnecting' : 'Connecting';
  const view = { ...base, tone: again ? 'warn' : 'quiet', icon: 'working' } as const;
  const spoken = again ? 'Reconnecting. You can go on writing.' : 'Connecting';
  const seconds = status.retryAt === undefined ? 0 : Math.ceil((status.retryAt.getTime() - now) / 1000);
  if (status.state === 'connecting' || seconds <= 0) return { ...view, text: `${word}…`, spoken };
  return { ...view, tone: 'warn', text: `${word} in ${seconds} s`, spoken, action: 'retry' };
}

const noNetwork = { text: 'No network', spoken: 'No network. You can go on writing.' } as const;

function queuedText(queued: number): string {
  if (queued === 0) return '';
  return queued === 1 ? '1 message queued' : `${queued} messages queued`;
}
