/** CSS pixels in a millisecond at which a line is thinnest. */
const FAST = 3;
const [THICK, THIN] = [0.62, 0.34];
/** How much of a new speed counts: hands do not change theirs at once. */
const SHARE = 0.25;

/** What a pressure would be for a pointer that feels none: a fast line is thinner. */
export class SpeedPressure {
  #pressure = 0.5;
  #last: { readonly x: number; readonly y: number; readonly at: number } | undefined;

  /** @param at milliseconds @param x CSS pixels */
  next(x: number, y: number, at: number): number {
    const last = this.#last;
    this.#last = { x, y, at };
    if (last === undefined || at <= last.at) return this.#pressure;
    const speed = Math.hypot(x - last.x, y - last.y) / (at - last.at);
    const wanted = THICK - (THICK - THIN) * Math.min(1, speed / FAST);
    this.#pressure += (wanted - this.#pressure) * SHARE;
    return this.#pressure;
  }
}
