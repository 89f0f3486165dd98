import type { LiveDraft, LiveState, Point } from '@parley/board';
import { viewOf } from '../camera';
import type { Draft } from '../tools/tool';
import type { BoardEditor } from './board-editor';

/** Milliseconds after which whoever presents says it again: who is silent is not shown (W5). */
const REPEAT_MS = 4_000;
/** Shapes whose way is told while they are moved; of more the others see the end only. */
const DRAFTS_MAX = 100;

/** Tells the others what goes on in this window (W5). */
export class LiveTeller {
  readonly #editor: BoardEditor;
  #cursor: Point | undefined;
  #laser: readonly number[] | undefined;
  #repeat: ReturnType<typeof setInterval> | undefined;

  constructor(editor: BoardEditor) {
    this.#editor = editor;
  }

  cursor(at: Point | undefined): void {
    if (at === undefined && this.#cursor === undefined) return;
    this.#cursor = at;
    this.tell();
  }

  laser(points: readonly number[] | undefined): void {
    if (points === undefined && this.#laser === undefined) return;
    this.#laser = points;
    this.tell();
  }

  tell(): void {
    this.#editor.session.live.tell(this.#state());
    const presents = this.#editor.following.presenting();
    if (presents) this.#repeat ??= setInterval(() => this.tell(), REPEAT_MS);
    else this.#stop();
  }

  close(): void {
    this.#stop();
  }

  #stop(): void {
    clearInterval(this.#repeat);
    this.#repeat = undefined;
  }

  #state(): LiveState {
    const editor = this.#editor;
    const draft = editor.draft();
    const ink = draft?.ink;
    const drafts = draft === undefined ? [] : draftsOf(draft, editor);
    const { minX, minY, maxX, maxY } = viewOf(editor.camera(), editor.viewport());
    return {
      page: editor.page().id,
      ...(this.#cursor && { cursor: [this.#cursor.x, this.#cursor.y] as const }),
      ...(ink && {
        ink: { id: ink.id, colour: ink.colour, size: ink.size, highlight: ink.highlight, from: 0, points: ink.points },
      }),
      ...(drafts.length > 0 && { drafts }),
      ...(this.#laser && { laser: this.#laser }),
      ...(editor.following.presenting() && { view: { x: minX, y: minY, width: maxX - minX, height: maxY - minY } }),
    };
  }
}

function draftsOf({ made, moved, boxes }: Draft, { scene }: BoardEditor): LiveDraft[] {
  if (made !== undefined) {
    const { id, box, kind, colour, size, filled } = made;
    return [{ id, box: [box.x, box.y, box.width, box.height, box.angle], made: { kind, colour, size, filled } }];
  }
  if (moved !== undefined && moved.ids.size <= DRAFTS_MAX)
    return [...moved.ids].flatMap((id): LiveDraft[] => {
      const shape = scene.shape(id);
      if (shape === undefined) return [];
      const { x, y, width, height, angle } = shape;
      return [{ id, box: [x + moved.by.x, y + moved.by.y, width, height, angle] }];
    });
  if (boxes === undefined || boxes.size > DRAFTS_MAX) return [];
  return [...boxes].map(([id, { x, y, width, height, angle }]) => ({ id, box: [x, y, width, height, angle] }));
}
