import * as fc from 'fast-check';
import { colours } from '../scene/palette';
import { FIRST_PAGE } from '../scene/page';
import type { NewShape, Shape } from '../scene/shape';
import type { BoardScene, Move } from '../scene/board-scene';

/** Something that a person does on a board; `nth` chooses among what is there. */
export type Edit =
  | { readonly do: 'add'; readonly shape: NewShape }
  | { readonly do: 'move'; readonly nth: number; readonly x: number; readonly y: number }
  | { readonly do: 'colour'; readonly nth: number; readonly colour: (typeof colours)[number] }
  | { readonly do: 'words'; readonly nth: number; readonly words: string }
  | { readonly do: 'remove' | 'lock'; readonly nth: number }
  | { readonly do: 'reorder'; readonly nth: number; readonly move: Move }
  | { readonly do: 'page'; readonly name: string }
  | { readonly do: 'undo' | 'redo' | 'clear' };

const place = fc.integer({ min: -2_000, max: 2_000 });
const nth = fc.nat(30);
const colour = fc.constantFrom(...colours);
const words = fc.constantFrom('', 'a', 'café', '日本語', '👩‍👩‍👧 now', 'one two', 'one and two');

export const newShape: fc.Arbitrary<NewShape> = fc
  .record({ x: place, y: place, colour, size: fc.integer({ min: 1, max: 64 }), words, filled: fc.boolean() })
  .chain(({ words: text, filled, ...base }) => {
    const box = { ...base, page: FIRST_PAGE, width: 40, height: 30, angle: 0 };
    const points = Float32Array.of(0, 0, 0.5, 20, 15, 1, 40, 30, 0.25);
    return fc.constantFrom<NewShape>(
      { ...box, kind: 'rectangle', filled },
      { ...box, kind: 'arrow', width: -25 },
      { ...box, kind: 'note', words: text },
      { ...box, kind: 'ink', highlight: filled, points, inkWidth: 40, inkHeight: 30 },
    );
  });

export const edit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('add' as const), shape: newShape }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('move' as const), nth, x: place, y: place }) },
  fc.record({ do: fc.constant('colour' as const), nth, colour }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant('words' as const), nth, words }) },
  fc.record({ do: fc.constantFrom('remove' as const, 'lock' as const), nth }),
  fc.record({
    do: fc.constant('reorder' as const),
    nth,
    move: fc.constantFrom<Move>('front', 'forward', 'backward', 'back'),
  }),
  fc.record({ do: fc.constant('page' as const), name: words }),
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('undo' as const, 'redo' as const) }) },
  fc.record({ do: fc.constant('clear' as const) }),
);

export function perform(scene: BoardScene, what: Edit): void {
  const shapes = scene.shapes(FIRST_PAGE);
  const chosen = 'nth' in what ? shapes[what.nth % Math.max(1, shapes.length)]?.id : undefined;
  switch (what.do) {
    case 'add':
      scene.add([what.shape]);
      break;
    case 'page':
      scene.addPages([{ kind: 'board', name: what.name, width: 0, height: 0 }]);
      break;
    case 'undo':
      scene.undo();
      break;
    case 'redo':
      scene.redo();
      break;
    case 'clear':
      scene.clear(FIRST_PAGE);
      break;
    case 'lock':
      scene.setLocked(FIRST_PAGE, what.nth % 2 === 0);
      break;
    default:
      if (chosen !== undefined) performOn(scene, chosen, what);
  }
}

function performOn(scene: BoardScene, id: string, what: Edit): void {
  if (what.do === 'move') scene.change(new Map([[id, { x: what.x, y: what.y }]]));
  else if (what.do === 'colour') scene.change(new Map([[id, { colour: what.colour }]]));
  else if (what.do === 'words') scene.setWords(id, what.words);
  else if (what.do === 'remove') scene.remove([id]);
  else if (what.do === 'reorder') scene.reorder([id], what.move);
}

/** Everything that is on a board, to be compared. */
export function contentOf(scene: BoardScene): unknown {
  return scene.pages().map((page) => ({ page, shapes: scene.shapes(page.id).map(plain) }));
}

function plain(shape: Shape): unknown {
  return 'points' in shape ? { ...shape, points: [...shape.points] } : shape;
}
