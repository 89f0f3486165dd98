import { type Box, type OtherLive, type Shape } from '@parley/board';
import type { BoardEditor } from '../editor/board-editor';

/** Shapes of the page that are somewhere else than the scene says: they are moved or changed, here or by others. */
export function liftedShapes(editor: BoardEditor): Map<string, { readonly shape: Shape; readonly box: Box }> {
  const page = editor.page().id;
  const lifted = new Map<string, { shape: Shape; box: Box }>();
  const lift = (id: string, boxOf: (shape: Shape) => Box): void => {
    const shape = editor.scene.shape(id);
    if (shape?.page === page) lifted.set(id, { shape, box: boxOf(shape) });
  };
  for (const [id, box] of draftedByOthers(editor.others(), page)) lift(id, () => box);
  const draft = editor.draft();
  for (const [id, box] of draft?.boxes ?? []) lift(id, () => box);
  const moved = draft?.moved;
  for (const id of moved?.ids ?? [])
    lift(id, ({ x, y, width, height, angle }) => ({
      x: x + (moved?.by.x ?? 0),
      y: y + (moved?.by.y ?? 0),
      width,
      height,
      angle,
    }));
  return lifted;
}

/** Rectangles, arrows, … of the page that are being drawn, here or by others, and are in no scene yet. */
export function madeShapes(editor: BoardEditor): Shape[] {
  const page = editor.page().id;
  const made: Shape[] = [];
  const add = (id: string, { x, y, width, height, angle }: Box, look: NonNullable<MadeLook>, author: string): void => {
    if (editor.scene.shape(id) !== undefined) return;
    const base = { id, page, author, z: 0, colour: look.colour, size: look.size, x, y, width, height, angle };
    made.push(
      look.kind === 'line' || look.kind === 'arrow'
        ? { ...base, kind: look.kind }
        : { ...base, kind: look.kind, filled: look.filled },
    );
  };
  for (const { live, userId } of editor.others()) {
    if (live.page !== page) continue;
    for (const { id, box, made: look } of live.drafts ?? []) if (look !== undefined) add(id, boxOf(box), look, userId);
  }
  const own = editor.draft()?.made;
  if (own !== undefined) add(own.id, own.box, own, '');
  return made;
}

type LiveDraft = NonNullable<OtherLive['live']['drafts']>[number];
type MadeLook = LiveDraft['made'];

function draftedByOthers(others: readonly OtherLive[], page: string): (readonly [string, Box])[] {
  return others
    .filter(({ live }) => live.page === page)
    .flatMap(({ live }) => live.drafts ?? [])
    .filter(({ made }) => made === undefined)
    .map(({ id, box }) => [id, boxOf(box)] as const);
}

function boxOf([x, y, width, height, angle]: LiveDraft['box']): Box {
  return { x, y, width, height, angle };
}
