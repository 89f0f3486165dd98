import type { Observable } from 'rxjs';
import type { LiveState } from './live/live-state';
import type { BoardScene } from './scene/board-scene';

/** How a board stands with the server. */
export interface BoardStatus {
  /** `opening` until what is stored is here; `failed` while it could not be read (it is tried again). */
  readonly state: 'opening' | 'open' | 'failed';
  /** Own changes that the server has not acknowledged. They outlive the page. */
  readonly queued: number;
  /** Whether one may change anything. */
  readonly canWrite: boolean;
  /** Own changes that the server refused for good: the meeting ended before they were saved. Not on anybody else's board. */
  readonly refused: boolean;
}

/** What another window is doing. */
export interface OtherLive {
  readonly connectionId: string;
  readonly userId: string;
  /** The latest, with all points of its ink that have come. */
  readonly live: LiveState;
}

export interface BoardLive {
  /** Told to the others with the next frame, the latest only. Nothing is sent while nothing changes. */
  tell(live: LiveState): void;
  /** Who is doing something now, this window left out. Replayed to late observers. Who is silent for 10 s is left out. */
  readonly others: Observable<readonly OtherLive[]>;
}

/** The board of an exchange while its page is open. */
export interface BoardSession {
  readonly scene: BoardScene;
  readonly live: BoardLive;
  /** Replayed to late observers. */
  readonly status: Observable<BoardStatus>;
  open(): void;
  /** Leaves the topic. What was not acknowledged is kept. */
  close(): void;
  /** Closes it, and forgets what was not acknowledged: a board that is opened after it shows what everyone has. */
  discard(): Promise<void>;
}
