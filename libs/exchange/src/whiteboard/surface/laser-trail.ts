import type { Point } from '@parley/board';

/** Milliseconds for which a place of the laser is seen. */
export const LASER_MS = 1_000;
/** Places at most: what others are told of it is limited. */
const PLACES_MAX = 180;
/** CSS pixels between two places at least. */
const STEP = 3;

interface Place extends Point {
  readonly at: number;
}

/** Where the laser has been within the last second. */
export class LaserTrail {
  #places: Place[] = [];
  #isDown = false;

  get isEmpty(): boolean {
    return this.#places.length === 0;
  }

  /** @param now milliseconds @param pixel units of the page in one CSS pixel */
  add({ x, y }: Point, now: number, pixel: number): void {
    this.#isDown = true;
    const last = this.#places.at(-1);
    if (last !== undefined && Math.hypot(x - last.x, y - last.y) < STEP * pixel) return;
    this.#places.push({ x, y, at: now });
    if (this.#places.length > PLACES_MAX) this.#places.shift();
  }

  /** The pointer is up: what is there goes as time passes. */
  lift(now: number): void {
    this.#isDown = false;
    const last = this.#places.pop();
    // It was seen until now, wherever it has rested.
    if (last !== undefined) this.#places.push({ ...last, at: now });
  }

  clear(): void {
    this.#isDown = false;
    this.#places = [];
  }

  /** x, y, x, y, … of what is still seen, oldest first; the place where it is down stays. */
  at(now: number): readonly number[] {
    const last = this.#places.at(-1);
    this.#places = this.#places.filter((place) => now - place.at <= LASER_MS || (this.#isDown && place === last));
    return this.#places.flatMap(({ x, y }) => [x, y]);
  }
}
