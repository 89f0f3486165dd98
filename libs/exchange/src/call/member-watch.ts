import type { CallMember, PeerMedia, Reaction } from '@parley/call';

/** Something that happened in the call. */
export type CallNews =
  | { readonly kind: 'joined' | 'left' | 'hand-up' | 'hand-down' | 'lost' | 'back'; readonly userId: string }
  | { readonly kind: 'reaction'; readonly userId: string; readonly reaction: Reaction };

/** Milliseconds in which those who were there already say so after the page has opened. */
const SETTLING_MS = 5_000;

/** Milliseconds that a server's clock may be behind this one. */
const SKEW_MS = 2_000;

/** Tells what changed in a call from who was in it before and is now. */
export class MemberWatch {
  /** @param openedAt milliseconds since the epoch */
  constructor(private readonly openedAt: number) {}

  /** @param now milliseconds since the epoch */
  changed(before: readonly CallMember[], members: readonly CallMember[], now: number): readonly CallNews[] {
    const old = new Map(before.map((member) => [member.userId, member]));
    const present = new Set(members.map(({ userId }) => userId));
    const news: CallNews[] = [];
    for (const member of members) {
      const known = old.get(member.userId);
      const { userId } = member;
      if (known === undefined) {
        if (this.isNew(member, now)) news.push({ kind: 'joined', userId });
        continue;
      }
      if (member.handAt !== undefined && known.handAt === undefined) news.push({ kind: 'hand-up', userId });
      if (member.handAt === undefined && known.handAt !== undefined) news.push({ kind: 'hand-down', userId });
    }
    for (const { userId } of before) if (!present.has(userId)) news.push({ kind: 'left', userId });
    return news;
  }

  /** Whoever was there before this page is no news. Clocks may differ: after a while whoever appears has just come. */
  private isNew({ joinedAt }: CallMember, now: number): boolean {
    return now - this.openedAt > SETTLING_MS || Date.parse(joinedAt) >= this.openedAt - SKEW_MS;
  }
}

/** Whose path broke, and whose is whole again. */
export function linkNews(
  before: ReadonlyMap<string, PeerMedia>,
  peers: ReadonlyMap<string, PeerMedia>,
): readonly CallNews[] {
  return [...peers.values()].flatMap(({ userId, state }): CallNews[] => {
    const was = before.get(userId)?.state;
    if (was === 'connected' && state === 'reconnecting') return [{ kind: 'lost', userId }];
    return (was === 'reconnecting' || was === 'failed') && state === 'connected' ? [{ kind: 'back', userId }] : [];
  });
}
