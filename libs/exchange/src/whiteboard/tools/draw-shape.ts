import type { Box, Point } from '@parley/board';
import type { Gesture, Sample, Surroundings, Tool } from './tool';

/** CSS pixels that a pointer moves at least before it draws: a mere click makes nothing. */
const LEAST = 3;
/** Radians between two directions that a line takes while Shift is held. */
const TURN = Math.PI / 12;

type Kind = 'rectangle' | 'ellipse' | 'line' | 'arrow';

export const rectangle: Tool = (at, around) => new Drag('rectangle', at, around);
export const ellipse: Tool = (at, around) => new Drag('ellipse', at, around);
export const line: Tool = (at, around) => new Drag('line', at, around);
export const arrow: Tool = (at, around) => new Drag('arrow', at, around);

/** Draws a shape from one corner or end to the other. */
class Drag implements Gesture {
  readonly #kind: Kind;
  readonly #from: Point;
  readonly #around: Surroundings;
  readonly #id: string;
  #box: Box | undefined;

  constructor(kind: Kind, { x, y }: Sample, around: Surroundings) {
    this.#kind = kind;
    this.#from = { x, y };
    this.#around = around;
    this.#id = around.newId();
  }

  move(samples: readonly Sample[]): void {
    const to = samples.at(-1);
    if (to === undefined) return;
    const { look, pixel, show } = this.#around;
    const isFar = Math.hypot(to.x - this.#from.x, to.y - this.#from.y) >= LEAST * pixel;
    // Back where it began: nothing is drawn, as before.
    this.#box = isFar ? this.#boxTo(to) : undefined;
    show(this.#box && { made: { ...look, id: this.#id, kind: this.#kind, box: this.#box } });
  }

  end(): readonly string[] {
    const { scene, page, look, show } = this.#around;
    show(undefined);
    if (this.#box === undefined) return [];
    const shape = { id: this.#id, page, colour: look.colour, size: look.size, ...this.#box };
    return this.#kind === 'line' || this.#kind === 'arrow'
      ? scene.add([{ ...shape, kind: this.#kind }])
      : scene.add([{ ...shape, kind: this.#kind, filled: look.filled }]);
  }

  cancel(): void {
    this.#around.show(undefined);
  }

  #boxTo(to: Sample): Box {
    const { x, y } = this.#from;
    let [width, height] = [to.x - x, to.y - y];
    if (this.#kind === 'line' || this.#kind === 'arrow') {
      if (to.shift) [width, height] = inSteps(width, height);
      return { x, y, width, height, angle: 0 };
    }
    if (to.shift) {
      const side = Math.max(Math.abs(width), Math.abs(height));
      [width, height] = [width < 0 ? -side : side, height < 0 ? -side : side];
    }
    return {
      x: Math.min(x, x + width),
      y: Math.min(y, y + height),
      width: Math.abs(width),
      height: Math.abs(height),
      angle: 0,
    };
  }
}

/** The same length in the nearest of 24 directions. */
function inSteps(width: number, height: number): [number, number] {
  const length = Math.hypot(width, height);
  const angle = Math.round(Math.atan2(height, width) / TURN) * TURN;
  return [length * Math.cos(angle), length * Math.sin(angle)];
}
