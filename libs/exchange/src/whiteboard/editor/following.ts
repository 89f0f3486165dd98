import { computed, signal } from '@angular/core';
import type { LiveView, OtherLive } from '@parley/board';
import type { Viewport } from '../camera';
import type { BoardEditor } from './board-editor';

/** Somebody shows the others around. */
export interface Presenter {
  readonly connectionId: string;
  readonly userId: string;
}

/** Showing others around, and being shown around: nobody's view moves unless they asked for it. */
export class Following {
  readonly #editor: BoardEditor;
  readonly #presenting = signal(false);
  readonly #followed = signal<string | undefined>(undefined);

  /** Whether this window shows the others around. */
  readonly presenting = this.#presenting.asReadonly();
  /** The connectionId of the window that is followed. */
  readonly followed = this.#followed.asReadonly();
  /** Everyone else who shows the others around. */
  readonly presenters = computed<readonly Presenter[]>(() =>
    this.#editor.others().flatMap(({ live, connectionId, userId }) => (live.view ? { connectionId, userId } : [])),
  );

  constructor(editor: BoardEditor) {
    this.#editor = editor;
  }

  present(presenting: boolean): void {
    this.#presenting.set(presenting);
    if (presenting) this.stop();
    this.#editor.tellLive();
  }

  follow(connectionId: string): void {
    this.present(false);
    this.#followed.set(connectionId);
    this.heard(this.#editor.others());
  }

  stop(): void {
    if (this.#followed() !== undefined) this.#followed.set(undefined);
  }

  /** What others are doing now. */
  heard(others: readonly OtherLive[]): void {
    const connectionId = this.#followed();
    if (connectionId === undefined) return;
    const live = others.find((other) => other.connectionId === connectionId)?.live;
    if (live?.view === undefined) {
      this.stop();
      return;
    }
    this.#editor.goTo(live.page, 'following');
    const { width, height } = this.#editor.viewport();
    if (width === 0) return;
    const [before, next] = [this.#editor.camera(), showing(live.view, { width, height })];
    // Told of what anybody does: without this, two who follow would tell each other of nothing without an end.
    const isSame = before.x === next.x && before.y === next.y && before.scale === next.scale;
    if (!isSame) this.#editor.setCamera(next, 'following');
  }
}

/** All of what somebody else sees, as large as it goes. */
function showing(view: LiveView, { width, height }: Viewport): { x: number; y: number; scale: number } {
  const scale = Math.min(width / Math.max(view.width, 1), height / Math.max(view.height, 1));
  return {
    scale,
    x: view.x + view.width / 2 - width / scale / 2,
    y: view.y + view.height / 2 - height / scale / 2,
  };
}
