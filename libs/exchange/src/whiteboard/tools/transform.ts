import type { Box, Shape, ShapeChange } from '@parley/board';
import type { Frame, Handle } from './handles';
import { reshaped } from './reshape';
import type { Gesture, Sample, Surroundings } from './tool';

/** CSS pixels that a handle is moved at least before anything changes. */
const LEAST = 2;

/** Makes what is selected larger or smaller, or turns it, by a handle of its frame. */
export class Transforming implements Gesture {
  readonly #around: Surroundings;
  readonly #from: Sample;
  readonly #frame: Frame;
  readonly #handle: Handle;
  readonly #heightOf: (shape: Shape, width: number) => number;
  readonly #shapes: ReadonlyMap<string, Shape>;
  #boxes: ReadonlyMap<string, Box> | undefined;

  /** @param heightOf how high the words of a text are when it is as wide as that */
  constructor(
    at: Sample,
    { frame, handle }: { readonly frame: Frame; readonly handle: Handle },
    around: Surroundings,
    heightOf: (shape: Shape, width: number) => number,
  ) {
    this.#around = around;
    this.#from = at;
    this.#frame = frame;
    this.#handle = handle;
    this.#heightOf = heightOf;
    const shapes = [...around.selection].flatMap((id) => around.scene.shape(id) ?? []);
    this.#shapes = new Map(shapes.map((shape) => [shape.id, shape]));
  }

  move(samples: readonly Sample[]): void {
    const at = samples.at(-1);
    if (at === undefined) return;
    const { pixel, show } = this.#around;
    const [x, y] = [at.x - this.#from.x, at.y - this.#from.y];
    if (this.#boxes === undefined && Math.hypot(x, y) < LEAST * pixel) return;
    // The handle goes where the pointer goes, from wherever on it it was taken.
    const to = { x: this.#handle.x + x, y: this.#handle.y + y };
    const change = { from: this.#handle, to, shift: at.shift };
    const boxes = reshaped(this.#shapes, this.#frame.box, this.#handle.name, change);
    this.#boxes = new Map([...boxes].map(([id, box]) => [id, this.#fitting(id, box)]));
    show({ boxes: this.#boxes });
  }

  end(): readonly string[] {
    const { scene, show } = this.#around;
    const boxes = this.#boxes ?? new Map<string, Box>();
    // Others may have removed some meanwhile.
    const changes = new Map<string, ShapeChange>([...boxes].filter(([id]) => scene.shape(id) !== undefined));
    if (changes.size > 0) scene.change(changes);
    show(undefined);
    return [...changes.keys()];
  }

  cancel(): void {
    this.#around.show(undefined);
  }

  /** A text is as high as its words. */
  #fitting(id: string, box: Box): Box {
    const shape = this.#shapes.get(id);
    if (shape?.kind !== 'text' || shape.width === box.width) return box;
    return { ...box, height: this.#heightOf(shape, box.width) };
  }
}
