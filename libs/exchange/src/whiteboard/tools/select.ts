import type { Bounds, Point } from '@parley/board';
import { insideAt, shapesWithin, topmostAt } from '../hit-test';
import type { Gesture, Sample, Surroundings, Tool } from './tool';

/** CSS pixels beside a shape that still are on it, and that a pointer moves at least before it drags. */
const SLACK = 5;

/**
 * Selects by a click or a rectangle, and moves what is selected. Shift adds to it, and moves straight. What is selected is
 * moved from anywhere in it; another outline that is not filled is selected by a click in it, and marked across.
 */
export const select: Tool = (at, around) => {
  const hit = topmostAt(around.index, around.page, at, SLACK * around.pixel);
  if (hit !== undefined) return new Moving(at, hit.id, around);
  const inside = insideAt(around.index, around.page, at);
  return inside !== undefined && around.selection.has(inside.id)
    ? new Moving(at, inside.id, around)
    : new Marking(at, around, inside?.id);
};

/** Marks a rectangle: what is wholly in it is selected. */
class Marking implements Gesture {
  readonly #around: Surroundings;
  readonly #from: Sample;
  /** What stays selected. */
  readonly #before: ReadonlySet<string>;
  /** What a mere click selects. */
  readonly #inside: string | undefined;
  #bounds: Bounds | undefined;

  constructor(at: Sample, around: Surroundings, inside: string | undefined) {
    this.#around = around;
    this.#from = at;
    this.#inside = inside;
    this.#before = at.shift ? around.selection : new Set();
  }

  move(samples: readonly Sample[]): void {
    const to = samples.at(-1);
    if (to === undefined) return;
    const { x, y } = this.#from;
    if (this.#bounds === undefined && Math.hypot(to.x - x, to.y - y) < SLACK * this.#around.pixel) return;
    this.#bounds = {
      minX: Math.min(x, to.x),
      minY: Math.min(y, to.y),
      maxX: Math.max(x, to.x),
      maxY: Math.max(y, to.y),
    };
    this.#around.show({ marquee: this.#bounds });
  }

  end(): readonly string[] {
    const { index, page, select, show } = this.#around;
    const clicked = this.#inside === undefined ? [] : [this.#inside];
    const found = this.#bounds === undefined ? clicked : shapesWithin(index, page, this.#bounds).map(({ id }) => id);
    show(undefined);
    select(new Set([...this.#before, ...found]));
    return [];
  }

  cancel(): void {
    this.#around.show(undefined);
  }
}

class Moving implements Gesture {
  readonly #around: Surroundings;
  readonly #from: Sample;
  readonly #hit: string;
  readonly #ids: ReadonlySet<string>;
  #by: Point | undefined;

  constructor(at: Sample, hit: string, around: Surroundings) {
    this.#around = around;
    this.#from = at;
    this.#hit = hit;
    const isSelected = around.selection.has(hit);
    this.#ids = isSelected ? around.selection : new Set(at.shift ? [...around.selection, hit] : [hit]);
  }

  move(samples: readonly Sample[]): void {
    const to = samples.at(-1);
    if (to === undefined) return;
    const { pixel, show, fixed } = this.#around;
    if (fixed === true) return;
    const [x, y] = [to.x - this.#from.x, to.y - this.#from.y];
    if (this.#by === undefined && Math.hypot(x, y) < SLACK * pixel) return;
    const isLevel = Math.abs(x) >= Math.abs(y);
    this.#by = to.shift ? { x: isLevel ? x : 0, y: isLevel ? 0 : y } : { x, y };
    show({ moved: { ids: this.#ids, by: this.#by } });
  }

  end(): readonly string[] {
    const { scene, show } = this.#around;
    const by = this.#by;
    if (by === undefined) {
      this.#click();
      return [];
    }
    const moved = [...this.#ids].flatMap((id) => scene.shape(id) ?? []);
    scene.change(new Map(moved.map(({ id, x, y }) => [id, { x: x + by.x, y: y + by.y }])));
    show(undefined);
    this.#around.select(this.#ids);
    return moved.map(({ id }) => id);
  }

  cancel(): void {
    this.#around.show(undefined);
  }

  #click(): void {
    const { selection, select, show } = this.#around;
    show(undefined);
    if (!this.#from.shift) select(new Set([this.#hit]));
    else if (selection.has(this.#hit)) select(new Set([...selection].filter((id) => id !== this.#hit)));
    else select(this.#ids);
  }
}
