import type { BoardStatus } from '@parley/board';

/** What the pill says of the board. */
export interface BoardStatusView {
  readonly tone: 'quiet' | 'good' | 'warn' | 'bad';
  readonly icon: 'working' | 'saved' | 'away' | 'trouble' | 'looking' | 'locked';
  readonly text: string;
  /** How many, before the text: seen, and not spoken with each stroke. */
  readonly count?: number;
  /** Whether what was refused can be thrown away. */
  readonly discard: boolean;
}

export interface BoardSituation {
  readonly status: BoardStatus;
  /** Whether the connection is there. */
  readonly connected: boolean;
  /** Whether changes have been waiting for longer than they should. */
  readonly slow: boolean;
  /** Whether everything was saved just now, after it had been told that something waits. */
  readonly saved: boolean;
  readonly locked: boolean;
  /** Why one may only look, where the page knows more than the board does. */
  readonly because: string;
}

/** @returns undefined when there is nothing worth saying */
export function boardStatusView(situation: BoardSituation): BoardStatusView | undefined {
  const { status, connected, slow, saved, locked, because } = situation;
  const { state, queued, canWrite, refused } = status;
  const quiet = { tone: 'quiet', discard: false } as const;
  if (refused) {
    const text = `${changes(queued)} could not be saved: the meeting ended first`;
    return { tone: 'bad', icon: 'trouble', text, discard: true };
  }
  if (state === 'failed')
    return { tone: 'warn', icon: 'trouble', text: 'The board could not be read. It is tried again.', discard: false };
  if (state === 'opening') return { ...quiet, icon: 'working', text: 'Opening the board…' };
  if (queued > 0 && !connected)
    return {
      ...{ tone: 'warn', icon: 'away', discard: false },
      count: queued,
      text: `${changeWord(queued)} queued. You can go on.`,
    };
  if (!canWrite && (connected || because !== '')) return { ...quiet, icon: 'looking', text: because || READ_ONLY };
  if (queued > 0 && slow) return { ...quiet, icon: 'working', text: 'Saving your changes…' };
  if (saved) return { tone: 'good', icon: 'saved', text: 'Saved', discard: false };
  return locked ? { ...quiet, icon: 'locked', text: 'This page is locked' } : undefined;
}

const READ_ONLY = 'The meeting is over: the board can be read';

function changes(count: number): string {
  return `${count} ${changeWord(count)}`;
}

function changeWord(count: number): string {
  return count === 1 ? 'change' : 'changes';
}
