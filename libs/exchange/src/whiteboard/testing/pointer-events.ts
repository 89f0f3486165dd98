export interface FakePointer {
  readonly pointerId?: number;
  readonly pointerType?: 'mouse' | 'pen' | 'touch';
  readonly button?: number;
  readonly pressure?: number;
  readonly shiftKey?: boolean;
  /** Milliseconds. */
  readonly timeStamp?: number;
  /** Where it has been since the last event, as browsers tell. */
  readonly coalesced?: readonly (readonly [x: number, y: number])[];
}

/** An element that can capture pointers, which those of jsdom cannot, at the top left of the window. */
export function pointerElement(): { readonly element: HTMLElement; readonly captured: number[] } {
  const element = document.createElement('div');
  const captured: number[] = [];
  element.setPointerCapture = (id) => captured.push(id);
  document.body.append(element);
  return { element, captured };
}

/** Sends a pointer event as a browser would; jsdom has none. */
export function point(element: HTMLElement, type: string, x: number, y: number, given: FakePointer = {}): void {
  const { coalesced = [], button = 0, shiftKey = false, ...own } = given;
  const made = (clientX: number, clientY: number, others: readonly Event[]): Event => {
    const event = new MouseEvent(type, { bubbles: true, cancelable: true, clientX, clientY, button, shiftKey });
    const pointer = { pointerId: 1, pointerType: 'mouse', pressure: 0.5, ...own, getCoalescedEvents: () => others };
    for (const [name, value] of Object.entries(pointer)) Object.defineProperty(event, name, { value });
    return event;
  };
  const others = coalesced.map(([atX, atY]) => made(atX, atY, []));
  element.dispatchEvent(made(x, y, others));
}
