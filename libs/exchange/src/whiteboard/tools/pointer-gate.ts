/** What of a `PointerEvent` decides (Pointer Events Level 3). */
export type PointerPress = Pick<PointerEvent, 'pointerId' | 'pointerType' | 'button'>;

/** Milliseconds after a pen was last near for which a touch is taken for the hand that holds it. */
const PEN_MS = 3_000;

/** What a pointer that goes down is for. */
export type PressMeaning =
  /** It draws, or whatever the tool does. */
  | 'tool'
  /** It moves the view: the middle button, or one finger of several. */
  | 'pan'
  /** A second finger: what the first one began is cancelled, and both move and zoom the view. */
  | 'pinch'
  /** The palm of a hand, or a button that does nothing. */
  | 'nothing';

/** Decides what each pointer does, so that a palm draws nothing and two fingers move the view. */
export class PointerGate {
  readonly #now: () => number;
  readonly #touches = new Set<number>();
  #penAt = Number.NEGATIVE_INFINITY;

  /** @param now milliseconds, of a clock that only goes on */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** A pointer is near, whether or not it is down. */
  seen({ pointerType }: Pick<PointerEvent, 'pointerType'>): void {
    if (pointerType === 'pen') this.#penAt = this.#now();
  }

  down({ pointerId, pointerType, button }: PointerPress): PressMeaning {
    this.seen({ pointerType });
    if (pointerType !== 'touch')
      return button === 0 || isEraserEnd(pointerType, button) ? 'tool' : button === 1 ? 'pan' : 'nothing';
    if (this.#now() - this.#penAt < PEN_MS) return 'nothing';
    this.#touches.add(pointerId);
    return this.#touches.size === 1 ? 'tool' : this.#touches.size === 2 ? 'pinch' : 'nothing';
  }

  /** It went up, or was cancelled. */
  up({ pointerId, pointerType }: Pick<PointerEvent, 'pointerId' | 'pointerType'>): void {
    this.seen({ pointerType });
    this.#touches.delete(pointerId);
  }
}

/** The other end of a pen rubs out, with any tool. */
export function isEraserEnd(pointerType: string, button: number): boolean {
  return pointerType === 'pen' && button === 5;
}
