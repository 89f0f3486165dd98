import type { CallMember, OwnState } from '../call-state';

/** Who said something, and when by the server's clock. */
export interface Said {
  readonly userId: string;
  readonly connectionId: string;
  /** ISO 8601. */
  readonly at: string;
}

/** Who is in the call, by userId. A person has one seat: a later one takes the place of an earlier one. */
export type Members = ReadonlyMap<string, CallMember>;

export const nobody: Members = new Map();

export function joined(members: Members, said: Said, state: OwnState & { readonly seat: string }): Members {
  const known = members.get(said.userId);
  // Said again after a reconnect: who was there stays at their place.
  const joinedAt = known?.seat === state.seat ? known.joinedAt : said.at;
  const handAt = known?.seat === state.seat ? known.handAt : undefined;
  return put(members, { ...ownOf(state), seat: state.seat, joinedAt, handAt, ...whoOf(said) });
}

export function told(
  members: Members,
  said: Said,
  state: OwnState & { readonly seat: string; readonly joinedAt: string; readonly handAt: string | null },
): Members {
  const known = members.get(said.userId);
  // Nobody joined later than they say so, or raised a hand before.
  const joinedAt = earlier(state.joinedAt, said.at);
  const handAt = state.handAt === null ? undefined : later(joinedAt, earlier(state.handAt, said.at));
  // From a seat that was left for another one since.
  if (known !== undefined && known.seat !== state.seat && known.joinedAt >= joinedAt) return members;
  return put(members, { ...ownOf(state), seat: state.seat, joinedAt, handAt, ...whoOf(said) });
}

export function raised(
  members: Members,
  said: Said,
  { seat, up }: { readonly seat: string; readonly up: boolean },
): Members {
  const known = members.get(said.userId);
  if (known?.seat !== seat || (known.handAt !== undefined) === up) return members;
  return put(members, { ...known, handAt: up ? said.at : undefined });
}

/** @param seat undefined: whichever it is */
export function left(members: Members, userId: string, seat?: string): Members {
  const known = members.get(userId);
  if (known === undefined || (seat !== undefined && known.seat !== seat)) return members;
  return new Map([...members].filter(([each]) => each !== userId));
}

/** In the order of joining; the same for everyone. */
export function inOrder(members: Members): readonly CallMember[] {
  return [...members.values()].sort(
    (one, other) => compare(one.joinedAt, other.joinedAt) || compare(one.userId, other.userId),
  );
}

export function sameState(one: OwnState, other: OwnState): boolean {
  return one.microphone === other.microphone && one.camera === other.camera && one.screen === other.screen;
}

function put(members: Members, member: CallMember): Members {
  return new Map([...members, [member.userId, member]]);
}

function ownOf({ microphone, camera, screen }: OwnState): OwnState {
  return { microphone, camera, screen };
}

function whoOf({ userId, connectionId }: Said): Pick<CallMember, 'userId' | 'connectionId'> {
  return { userId, connectionId };
}

function earlier(one: string, other: string): string {
  return one < other ? one : other;
}

function later(one: string, other: string): string {
  return one > other ? one : other;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
