import type { Paper } from '@parley/board';
import type { BoardEditor } from '../editor/board-editor';
import { type OnScreen, paintFrame, paintMarquee, paintOutline } from '../paint/paint-frame';
import { paintPointer } from '../paint/paint-pointer';
import { frameOutside } from '../tools/handles';
import { placedSelection, selectionFrame } from './selection';
import { inPixels, type Sight } from './sight';

export interface TopFrame {
  readonly editor: BoardEditor;
  readonly sight: Sight;
  readonly paper: Paper;
  readonly person: (userId: string) => { readonly name: string; readonly colour: string };
}

/** Shapes whose own outline is shown while several are selected: more are only seen as one. */
const OUTLINES_MAX = 200;

/** What is around what is drawn: frames, handles, and where the others are. @param context its units are device pixels */
export function paintTop(context: CanvasRenderingContext2D, frame: TopFrame): void {
  const { editor, sight, paper } = frame;
  const screen: OnScreen = { toPixels: (point) => inPixels(sight, point), ratio: sight.ratio, paper };
  const marquee = editor.draft()?.marquee;
  if (marquee !== undefined) paintMarquee(context, marquee, screen);
  if (editor.writer.writing() === undefined) paintSelection(context, editor, screen);
  paintPointers(context, frame);
}

function paintSelection(context: CanvasRenderingContext2D, editor: BoardEditor, screen: OnScreen): void {
  const shapes = placedSelection(editor);
  if (shapes.length > 1) for (const shape of shapes.slice(0, OUTLINES_MAX)) paintOutline(context, shape, screen);
  const frame = selectionFrame(editor);
  if (frame !== undefined) paintFrame(context, frameOutside(frame, outside(editor)), screen);
}

function paintPointers(context: CanvasRenderingContext2D, { editor, sight, person }: TopFrame): void {
  const { width, height } = sight.pixels;
  for (const { live, userId } of editor.others()) {
    if (live.page !== sight.page.id || live.cursor === undefined) continue;
    const [x, y] = live.cursor;
    const at = inPixels(sight, { x, y });
    if (at.x < 0 || at.y < 0 || at.x > width || at.y > height) continue;
    paintPointer(context, at, person(userId), sight.ratio);
  }
}

/** CSS pixels between what is selected and its frame. */
const AWAY = 4;

/** Units of the page: half of an outline's line lies outside of its box. */
function outside(editor: BoardEditor): number {
  const [shape, ...more] = editor.selected();
  const isOutlined =
    more.length === 0 && (shape?.kind === 'rectangle' || shape?.kind === 'ellipse' || shape?.kind === 'ink');
  return AWAY / editor.camera().scale + (isOutlined ? shape.size / 2 : 0);
}
