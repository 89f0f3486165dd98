import type { BoardSession, BoardStatus, LiveState, OtherLive } from '@parley/board';
import { BehaviorSubject } from 'rxjs';
import { BoardEditor } from '../../editor/board-editor';
import { emptyScene } from '../../testing/scene';

export interface FakeBoard {
  readonly editor: BoardEditor;
  readonly status: BehaviorSubject<BoardStatus>;
  readonly others: BehaviorSubject<readonly OtherLive[]>;
  /** What this window told the others, the latest last. */
  readonly told: LiveState[];
  /** Changes how it stands with the server. */
  stands(change: Partial<BoardStatus>): void;
}

const open: BoardStatus = { state: 'open', queued: 0, canWrite: true, refused: false };

/** Ann's board with a real scene, an 800 by 600 surface, and nobody on the other side. Each letter is ten wide. */
export function fakeBoard(viewport = { width: 800, height: 600 }): FakeBoard {
  const status = new BehaviorSubject<BoardStatus>(open);
  const others = new BehaviorSubject<readonly OtherLive[]>([]);
  const told: LiveState[] = [];
  const session: BoardSession = {
    scene: emptyScene(),
    live: { tell: (live) => told.push(live), others },
    status,
    open: () => undefined,
    close: () => undefined,
    discard: () => Promise.resolve(),
  };
  let made = 0;
  const editor = new BoardEditor({
    session,
    measure: (text) => text.length * 10,
    newId: () => `new-${++made}`,
  });
  editor.setViewport(viewport);
  return {
    editor,
    status,
    others,
    told,
    stands: (change) => status.next({ ...status.value, ...change }),
  };
}

/** A shape to be made: a box of 100 by 50. */
export function box(x: number, y: number) {
  return {
    kind: 'rectangle',
    page: 'board',
    x,
    y,
    width: 100,
    height: 50,
    angle: 0,
    colour: 'blue',
    size: 3,
    filled: false,
  } as const;
}
