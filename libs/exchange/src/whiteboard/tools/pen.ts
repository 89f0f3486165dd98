import { INK_POINTS_MAX, type NewShape } from '@parley/board';
import type { Gesture, Sample, Surroundings, Tool } from './tool';

/** CSS pixels that a hand moves at least for another point: less only trembles. */
const STEP = 0.7;

/** Draws by hand. */
export const pen: Tool = (at, around) => new Stroke(at, around, false);
/** Marks by hand, translucent and below everything else. */
export const highlighter: Tool = (at, around) => new Stroke(at, around, true);

class Stroke implements Gesture {
  readonly #around: Surroundings;
  readonly #highlight: boolean;
  readonly #made: string[] = [];
  #id: string;
  #points: number[] = [];

  constructor(at: Sample, around: Surroundings, highlight: boolean) {
    this.#around = around;
    this.#highlight = highlight;
    this.#id = around.newId();
    this.#add(at);
    this.#show();
  }

  move(samples: readonly Sample[]): void {
    for (const sample of samples) {
      const [x = 0, y = 0] = this.#points.slice(-3);
      if (Math.hypot(sample.x - x, sample.y - y) < STEP * this.#around.pixel) continue;
      this.#add(sample);
      if (this.#points.length < INK_POINTS_MAX * 3) continue;
      // One line to the eye: the next begins where this one ends.
      this.#finish();
      this.#id = this.#around.newId();
      this.#points = [];
      this.#add(sample);
    }
    this.#show();
  }

  end(): readonly string[] {
    this.#finish();
    this.#around.show(undefined);
    return this.#made;
  }

  cancel(): void {
    this.#around.scene.remove(this.#made);
    this.#around.show(undefined);
  }

  #add({ x, y, pressure }: Sample): void {
    this.#points.push(x, y, pressure);
  }

  #show(): void {
    const { look, show } = this.#around;
    show({ ink: { ...look, id: this.#id, points: this.#points, highlight: this.#highlight } });
  }

  #finish(): void {
    const { scene, page, look } = this.#around;
    const shape = inkShape(this.#points, { id: this.#id, page, highlight: this.#highlight, ...look });
    this.#made.push(...scene.add([shape]));
  }
}

interface InkLook {
  readonly id: string;
  readonly page: string;
  readonly highlight: boolean;
  readonly colour: NewShape['colour'];
  readonly size: number;
}

/** @param points x, y, pressure, … in units of the page */
export function inkShape(points: readonly number[], { id, page, highlight, colour, size }: InkLook): NewShape {
  const [least, most] = [
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY],
  ] as [[number, number], [number, number]];
  for (let at = 0; at < points.length; at += 3) {
    const [x = 0, y = 0] = [points[at], points[at + 1]];
    least[0] = Math.min(least[0], x);
    least[1] = Math.min(least[1], y);
    most[0] = Math.max(most[0], x);
    most[1] = Math.max(most[1], y);
  }
  const [x, y] = least;
  const [width, height] = [most[0] - x, most[1] - y];
  const own = Float32Array.from(points, (value, at) => (at % 3 === 0 ? value - x : at % 3 === 1 ? value - y : value));
  const box = { x, y, width, height, angle: 0 };
  return { kind: 'ink', id, page, colour, size, highlight, points: own, inkWidth: width, inkHeight: height, ...box };
}
