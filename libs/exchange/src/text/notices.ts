import { nameList } from '../person/name-list';

/** Someone came or left, the meeting or its call, while this page was open. */
export interface Notice {
  readonly key: string;
  /** The newest message that was there before it; 0 for none. */
  readonly afterSeq: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly userId: string;
  readonly change: 'joined' | 'left' | 'joined-call' | 'left-call';
}

/**
 * What a run of notices comes to, in one sentence. Who left and is back again has not moved: a tab that reloads is
 * not news.
 *
 * @returns undefined when the run comes to nothing
 */
export function noticeText(run: readonly Notice[], name: (userId: string) => string): string | undefined {
  const meeting = movesIn(run, 'joined', 'left');
  const call = movesIn(run, 'joined-call', 'left-call');
  // Whoever left the meeting is in no call of it either.
  // Whoever joined the call has joined the meeting, too.
  const cameOnly = meeting.joined.filter((userId) => !call.joined.includes(userId));
  const leftCall = call.left.filter((userId) => !meeting.left.includes(userId) && !meeting.dropped.includes(userId));
  const parts = [
    [cameOnly, 'joined'],
    [meeting.dropped, 'joined and left'],
    [call.joined, 'joined the call'],
    [call.dropped, 'joined and left the call'],
    [leftCall, 'left the call'],
    [meeting.left, 'left'],
  ] as const;
  const told = parts.filter(([who]) => who.length > 0).map(([who, did]) => `${nameList(who.map(name))} ${did}`);
  return told.length === 0 ? undefined : told.join(' · ');
}

/** Who came, who came and went again, and who went. */
interface Moves {
  readonly joined: readonly string[];
  readonly dropped: readonly string[];
  readonly left: readonly string[];
}

function movesIn(run: readonly Notice[], came: Notice['change'], went: Notice['change']): Moves {
  const byUser = new Map<string, Notice['change'][]>();
  for (const { userId, change } of run) {
    if (change === came || change === went) byUser.set(userId, [...(byUser.get(userId) ?? []), change]);
  }
  const moves = { joined: [] as string[], dropped: [] as string[], left: [] as string[] };
  for (const [userId, changes] of byUser) {
    const last = changes.at(-1);
    if (changes[0] === came) (last === came ? moves.joined : moves.dropped).push(userId);
    else if (last === went) moves.left.push(userId);
  }
  return moves;
}
