import type { Shape } from '@parley/board';
import type { BoardEditor } from '../editor/board-editor';
import { lookingTools, type ToolName } from '../editor/tool-names';
import { isWords } from '../editor/words-writer';
import { arrow, ellipse, line, rectangle } from '../tools/draw-shape';
import { eraser } from '../tools/eraser';
import { handleAt } from '../tools/handles';
import { highlighter, pen } from '../tools/pen';
import { select } from '../tools/select';
import type { Gesture, Sample, Surroundings, Tool } from '../tools/tool';
import { touchWords } from '../tools/touch-words';
import { Transforming } from '../tools/transform';
import type { LaserTrail } from './laser-trail';
import { selectionFrame } from './selection';

export interface Press {
  readonly at: Sample;
  /** The other end of a pen. */
  readonly isEraser: boolean;
  /** CSS pixels around a handle that are taken for it. */
  readonly reach: number;
}

export interface PressSurroundings {
  readonly editor: BoardEditor;
  readonly trail: LaserTrail;
  /** Milliseconds. */
  readonly now: () => number;
}

/** What a pointer begins that goes down with a tool; undefined where it may do nothing. */
export function beginPress({ at, isEraser, reach }: Press, surroundings: PressSurroundings): Gesture | undefined {
  const { editor } = surroundings;
  const tool = isEraser ? 'eraser' : editor.tool();
  editor.writer.finish();
  if (!mayUse(editor, tool)) return undefined;
  const around = { ...editor.surroundings(), fixed: !editor.canDraw() };
  if (tool === 'laser') return new Pointing(at, around, surroundings);
  if (tool === 'select') return beginSelect(at, reach, around, editor);
  return toolOf(tool, editor)?.(at, around);
}

export function mayUse(editor: BoardEditor, tool: ToolName): boolean {
  return editor.canDraw() || lookingTools.includes(tool);
}

function beginSelect(at: Sample, reach: number, around: Surroundings, editor: BoardEditor): Gesture {
  const frame = selectionFrame(editor);
  const handle = frame && handleAt(frame, at, reach, around.pixel);
  if (frame === undefined || handle === undefined) return select(at, around);
  return new Transforming(at, { frame, handle }, around, (shape, width) => heightOf(editor, shape, width));
}

function heightOf(editor: BoardEditor, shape: Shape, width: number): number {
  return isWords(shape) ? editor.writer.heightOf({ ...shape, width }) : shape.height;
}

function toolOf(tool: ToolName, editor: BoardEditor): Tool | undefined {
  switch (tool) {
    case 'pen':
      return pen;
    case 'highlighter':
      return highlighter;
    case 'eraser':
      return eraser;
    case 'rectangle':
      return thenSelected(rectangle, editor);
    case 'ellipse':
      return thenSelected(ellipse, editor);
    case 'line':
      return thenSelected(line, editor);
    case 'arrow':
      return thenSelected(arrow, editor);
    case 'text':
    case 'note':
      return touchWords({
        kind: tool,
        resume: (id) => {
          editor.use('select');
          editor.writer.resume(id);
        },
        begin: (at) => {
          editor.use('select');
          editor.writer.begin(tool, at);
        },
      });
    default:
      return undefined;
  }
}

/** What was drawn is selected, to be moved or changed next; inks are not, for one line follows the other. */
function thenSelected(tool: Tool, editor: BoardEditor): Tool {
  return (at, around) => {
    const gesture = tool(at, around);
    return {
      move: (samples) => gesture.move(samples),
      cancel: () => gesture.cancel(),
      end: () => {
        const ids = gesture.end();
        if (ids.length > 0) {
          editor.use('select');
          editor.select(new Set(ids));
        }
        return ids;
      },
    };
  };
}

/** Shows a place with the laser. */
class Pointing implements Gesture {
  readonly #around: Surroundings;
  readonly #trail: LaserTrail;
  readonly #now: () => number;

  constructor(at: Sample, around: Surroundings, { trail, now }: PressSurroundings) {
    this.#around = around;
    this.#trail = trail;
    this.#now = now;
    trail.clear();
    this.move([at]);
  }

  move(samples: readonly Sample[]): void {
    for (const sample of samples) this.#trail.add(sample, this.#now(), this.#around.pixel);
  }

  end(): readonly string[] {
    this.#trail.lift(this.#now());
    return [];
  }

  cancel(): void {
    this.#trail.clear();
  }
}
