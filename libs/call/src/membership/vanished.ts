import type { Clock } from '@parley/client';
import type { Participant } from '@parley/protocol';
import type { CallMember } from '../call-state';

/** Milliseconds for which someone is waited for who is present, but not under the address that is known. */
const PATIENCE_MS = 15_000;

/**
 * Watches for members whose connection is gone while the person is still present in another window. Whoever was there a
 * moment ago has closed the window of the call. After a server's restart everyone has a new connectionId and says so, some
 * later than others: they are waited for.
 */
export class Vanished {
  private readonly waiting = new Map<string, { readonly connectionId: string; readonly stop: () => void }>();

  private before: readonly Participant[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly gone: (userId: string) => void,
  ) {}

  watch(members: readonly CallMember[], here: readonly Participant[]): void {
    const missing = new Map(members.filter((member) => isMissing(member, here)).map((each) => [each.userId, each]));
    const { before } = this;
    this.before = here;
    for (const [userId, { connectionId }] of missing) {
      if (!connectionsOf(userId, before).includes(connectionId)) continue;
      missing.delete(userId);
      this.gone(userId);
    }
    for (const [userId, { connectionId, stop }] of this.waiting) {
      if (missing.get(userId)?.connectionId === connectionId) continue;
      stop();
      this.waiting.delete(userId);
    }
    for (const { userId, connectionId } of missing.values()) {
      if (this.waiting.has(userId)) continue;
      const stop = this.clock.after(PATIENCE_MS, () => {
        this.waiting.delete(userId);
        this.gone(userId);
      });
      this.waiting.set(userId, { connectionId, stop });
    }
  }

  /** One's own connection was away: what was seen before says nothing of what changed since. */
  interrupted(): void {
    this.before = [];
  }

  close(): void {
    for (const { stop } of this.waiting.values()) stop();
    this.waiting.clear();
  }
}

function isMissing({ userId, connectionId }: CallMember, here: readonly Participant[]): boolean {
  const connectionIds = connectionsOf(userId, here);
  // None at all: the server has restarted, and the person is expected back.
  return connectionIds.length > 0 && !connectionIds.includes(connectionId);
}

function connectionsOf(userId: string, list: readonly Participant[]): readonly string[] {
  return list.find((participant) => participant.userId === userId)?.connectionIds ?? [];
}
