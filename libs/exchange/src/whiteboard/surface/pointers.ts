import type { Point } from '@parley/board';
import type { BoardEditor } from '../editor/board-editor';
import { panned, toWorld } from '../camera';
import { isWords } from '../editor/words-writer';
import { topmostAt } from '../hit-test';
import { isEraserEnd, PointerGate } from '../tools/pointer-gate';
import type { Gesture, Sample } from '../tools/tool';
import { cursorStyle } from './cursor-style';
import type { LaserTrail } from './laser-trail';
import { beginPress } from './presses';
import { SpeedPressure } from './speed-pressure';
import { afterWheel, Pinch } from './view-moves';

/** CSS pixels around a handle that are taken for it: a finger's target is 40 across, a pointer's 24. */
const [FINGER_REACH, POINTER_REACH] = [20, 12];
/** Milliseconds and CSS pixels between the two clicks of a double click. */
const [DOUBLE_MS, DOUBLE_FAR] = [400, 10];

export interface PointersOptions {
  /** Takes the pointers, and the focus is its parents'. */
  readonly element: HTMLElement;
  readonly editor: BoardEditor;
  readonly trail: LaserTrail;
  /** Something that goes on has changed: draw it with the next frame. */
  readonly changed: () => void;
  /** Milliseconds, of a clock that only goes on. */
  readonly now?: () => number;
}

interface Active {
  readonly pointerId: number;
  readonly pointerType: string;
  readonly gesture: Gesture;
  readonly speed: SpeedPressure | undefined;
}

interface Click {
  readonly at: Point;
  readonly when: number;
}

/** What mouse, pen and fingers do on the board. */
export class Pointers {
  readonly #options: Required<PointersOptions>;
  readonly #gate: PointerGate;
  readonly #listening = new AbortController();
  readonly #fingers = new Map<number, Point>();
  #rect: Pick<DOMRect, 'left' | 'top'> = { left: 0, top: 0 };
  #active: Active | undefined;
  #pan: { readonly pointerId: number; at: Point } | undefined;
  #pinch: Pinch | undefined;
  #lastClick: Click | undefined;
  #pressedAt: Point = { x: 0, y: 0 };

  constructor(options: PointersOptions) {
    this.#options = { now: () => performance.now(), ...options };
    this.#gate = new PointerGate(this.#options.now);
    const { element } = options;
    const { signal } = this.#listening;
    const on = (name: keyof HTMLElementEventMap, run: (event: PointerEvent) => void): void => {
      element.addEventListener(name, (event) => run(event as PointerEvent), { signal });
    };
    on('pointerenter', () => this.#measure());
    on('pointerdown', (event) => this.#down(event));
    on('pointermove', (event) => this.#move(event));
    on('pointerup', (event) => this.#up(event));
    on('pointercancel', (event) => this.#lost(event));
    on('lostpointercapture', (event) => this.#lost(event));
    on('pointerleave', (event) => this.#leave(event));
    // The middle button would begin to scroll, and a long press would open a menu over what is drawn.
    element.addEventListener('mousedown', (event) => event.button === 1 && event.preventDefault(), { signal });
    element.addEventListener('contextmenu', (event) => this.isBusy && event.preventDefault(), { signal });
    element.addEventListener('wheel', (event) => this.#wheel(event), { signal, passive: false });
    window.addEventListener('keydown', (event) => this.#key(event), { signal, capture: true });
  }

  /** Whether a pointer is doing something. */
  get isBusy(): boolean {
    return this.#active !== undefined || this.#pan !== undefined || this.#pinch !== undefined;
  }

  close(): void {
    this.cancel();
    this.#listening.abort();
  }

  /** What goes on ends, as if it had never begun. */
  cancel(): void {
    const active = this.#active;
    this.#active = this.#pan = this.#pinch = undefined;
    active?.gesture.cancel();
    this.#options.changed();
  }

  /** The tool or what one may do is another now. */
  restyle(at: Point = this.#pressedAt): void {
    if (this.isBusy) return;
    this.#options.element.style.cursor = cursorStyle(this.#options.editor, this.#world(at), POINTER_REACH);
  }

  #down(event: PointerEvent): void {
    this.#measure();
    const at = this.#place(event);
    const { element, editor } = this.#options;
    const meaning = this.#gate.down(event);
    // The hand comes to rest before the pen does, or while it is near.
    if (event.pointerType === 'pen' && this.#active?.pointerType === 'touch') this.cancel();
    if (meaning === 'nothing') return;
    element.setPointerCapture(event.pointerId);
    if (event.pointerType === 'touch') this.#fingers.set(event.pointerId, at);
    if (meaning === 'pinch') this.#beginPinch();
    else if (this.isBusy) return;
    else if (meaning === 'pan' || (editor.tool() === 'hand' && !isEraserEnd(event.pointerType, event.button)))
      this.#beginPan(event.pointerId, at);
    else this.#press(event, at);
    this.#options.changed();
  }

  #press(event: PointerEvent, at: Point): void {
    const { editor, trail, now } = this.#options;
    this.#pressedAt = at;
    const speed = event.pointerType === 'pen' ? undefined : new SpeedPressure();
    const isEraser = isEraserEnd(event.pointerType, event.button);
    const reach = event.pointerType === 'touch' ? FINGER_REACH : POINTER_REACH;
    const press = { at: this.#sample(event, speed), isEraser, reach };
    const gesture = beginPress(press, { editor, trail, now });
    if (gesture === undefined) return;
    this.#active = { pointerId: event.pointerId, pointerType: event.pointerType, gesture, speed };
  }

  #move(event: PointerEvent): void {
    const { editor, changed } = this.#options;
    this.#gate.seen(event);
    const at = this.#place(event);
    if (this.#fingers.has(event.pointerId)) this.#fingers.set(event.pointerId, at);
    if (this.#pinch !== undefined) this.#movePinch();
    else if (this.#pan?.pointerId === event.pointerId) {
      editor.setCamera(panned(editor.camera(), at.x - this.#pan.at.x, at.y - this.#pan.at.y));
      this.#pan.at = at;
    } else if (this.#active?.pointerId === event.pointerId) {
      const { gesture, speed } = this.#active;
      gesture.move(everyMove(event).map((each) => this.#sample(each, speed)));
    } else if (event.pointerType !== 'touch') this.restyle(at);
    if (this.#pinch === undefined) editor.cursor(this.#world(at));
    if (this.isBusy) changed();
  }

  #up(event: PointerEvent): void {
    const { editor, changed } = this.#options;
    this.#gate.up(event);
    const at = this.#place(event);
    const active = this.#active?.pointerId === event.pointerId ? this.#active : undefined;
    this.#end(event.pointerId);
    if (active !== undefined) {
      active.gesture.end();
      this.#click(event, at);
    }
    if (event.pointerType === 'touch') editor.cursor(undefined);
    else this.restyle(at);
    changed();
  }

  /** After a second click in the same place one writes in what is there. */
  #click({ timeStamp }: PointerEvent, at: Point): void {
    const { editor } = this.#options;
    const last = this.#lastClick;
    this.#lastClick = undefined;
    if (editor.tool() !== 'select' || away(at, this.#pressedAt) > DOUBLE_FAR || editor.writer.writing() !== undefined)
      return;
    this.#lastClick = { at, when: timeStamp };
    if (last === undefined || timeStamp - last.when > DOUBLE_MS || away(at, last.at) > DOUBLE_FAR) return;
    const hit = topmostAt(editor.index, editor.page().id, this.#world(at), 5 / editor.camera().scale);
    if (hit !== undefined && isWords(hit)) editor.writer.resume(hit.id);
  }

  /** It is gone without having been lifted. */
  #lost(event: PointerEvent): void {
    this.#gate.up(event);
    if (this.#active?.pointerId === event.pointerId) this.cancel();
    this.#end(event.pointerId);
  }

  #end(pointerId: number): void {
    if (this.#active?.pointerId === pointerId) this.#active = undefined;
    if (this.#pan?.pointerId === pointerId) this.#pan = undefined;
    if (this.#fingers.delete(pointerId)) this.#pinch = undefined;
  }

  #leave({ pointerId }: PointerEvent): void {
    if (this.#active?.pointerId !== pointerId) this.#options.editor.cursor(undefined);
  }

  #beginPan(pointerId: number, at: Point): void {
    this.#pan = { pointerId, at };
    this.#options.element.style.cursor = 'grabbing';
  }

  #beginPinch(): void {
    this.cancel();
    const [one, other] = [...this.#fingers.values()];
    if (one === undefined || other === undefined) return;
    this.#pinch = new Pinch(this.#options.editor.camera(), one, other);
    this.#options.editor.cursor(undefined);
  }

  #movePinch(): void {
    const [one, other] = [...this.#fingers.values()];
    if (one === undefined || other === undefined || this.#pinch === undefined) return;
    this.#options.editor.setCamera(this.#pinch.camera(one, other));
  }

  #wheel(event: WheelEvent): void {
    // Else the page would scroll, or the browser would zoom all of it.
    event.preventDefault();
    this.#measure();
    const { editor, changed } = this.#options;
    editor.setCamera(afterWheel(editor.camera(), this.#place(event), event));
    changed();
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !this.isBusy) return;
    this.cancel();
    event.preventDefault();
    event.stopPropagation();
  }

  #measure(): void {
    this.#rect = this.#options.element.getBoundingClientRect();
  }

  /** CSS pixels from the top left of the board. */
  #place({ clientX, clientY }: Pick<MouseEvent, 'clientX' | 'clientY'>): Point {
    return { x: clientX - this.#rect.left, y: clientY - this.#rect.top };
  }

  #world(at: Point): Point {
    return toWorld(this.#options.editor.camera(), at);
  }

  #sample(event: PointerEvent, speed: SpeedPressure | undefined): Sample {
    const { x, y } = this.#place(event);
    const pressure = speed === undefined ? event.pressure : speed.next(x, y, event.timeStamp);
    return { ...this.#world({ x, y }), pressure, shift: event.shiftKey };
  }
}

/** All places since the last event, where the browser tells them. */
function everyMove(event: PointerEvent): readonly PointerEvent[] {
  const all = event.getCoalescedEvents();
  return all.length === 0 ? [event] : all;
}

function away(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
