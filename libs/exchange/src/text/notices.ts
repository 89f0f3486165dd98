import { nameList } from '../person/name-list';

/** Someone came or left while this page was open. */
export interface Notice {
  readonly key: string;
  /** The newest message that was there before it; 0 for none. */
  readonly afterSeq: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly userId: string;
  readonly change: 'joined' | 'left';
}

/**
 * What a run of notices comes to, in one sentence. Who left and is back again has not moved: a tab that reloads is
 * not news.
 *
 * @returns undefined when the run comes to nothing
 */
export function noticeText(run: readonly Notice[], name: (userId: string) => string): string | undefined {
  const byUser = new Map<string, Notice[]>();
  for (const notice of run) byUser.set(notice.userId, [...(byUser.get(notice.userId) ?? []), notice]);
  const joined: string[] = [];
  const left: string[] = [];
  const dropped: string[] = [];
  for (const [userId, notices] of byUser) {
    const first = notices[0]?.change;
    const last = notices.at(-1)?.change;
    if (first === 'joined') (last === 'joined' ? joined : dropped).push(name(userId));
    else if (last === 'left') left.push(name(userId));
  }
  const parts = [
    joined.length > 0 ? `${nameList(joined)} joined` : undefined,
    dropped.length > 0 ? `${nameList(dropped)} joined and left` : undefined,
    left.length > 0 ? `${nameList(left)} left` : undefined,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(' · ');
}
