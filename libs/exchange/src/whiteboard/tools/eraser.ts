import type { Point } from '@parley/board';
import { touchedBy } from '../hit-test';
import type { Gesture, Sample, Surroundings, Tool } from './tool';

/** CSS pixels around the pointer that are rubbed out. */
const REACH = 8;

/** Removes every shape that it goes over, all of them as one step when it is lifted. */
export const eraser: Tool = (at, around) => new Rubbing(at, around);

class Rubbing implements Gesture {
  readonly #around: Surroundings;
  readonly #erased = new Set<string>();
  #at: Point;

  constructor(at: Sample, around: Surroundings) {
    this.#around = around;
    this.#at = at;
    this.move([at]);
  }

  move(samples: readonly Sample[]): void {
    const { index, page, pixel, show } = this.#around;
    for (const sample of samples) {
      for (const { id } of touchedBy(index, page, this.#at, sample, REACH * pixel)) this.#erased.add(id);
      this.#at = sample;
    }
    show({ erased: new Set(this.#erased) });
  }

  end(): readonly string[] {
    const { scene, show } = this.#around;
    show(undefined);
    // Others may have removed some meanwhile.
    const gone = [...this.#erased].filter((id) => scene.shape(id) !== undefined);
    scene.remove(gone);
    return gone;
  }

  cancel(): void {
    this.#around.show(undefined);
  }
}
