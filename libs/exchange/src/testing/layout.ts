/** What jsdom lacks around layout: nothing changes its size by itself, everything is shown, no media query matches. */
export function giveLayout(): void {
  globalThis.ResizeObserver = class {
    observe(): void {
      // Nothing changes its size by itself here.
    }
    unobserve(): void {
      // See observe.
    }
    disconnect(): void {
      // See observe.
    }
  };
  Element.prototype.checkVisibility = () => true;
  window.matchMedia = (media) => {
    // The old names of the same, which Angular's CDK asks for.
    const list = Object.assign(new EventTarget(), {
      matches: false,
      media,
      addListener: ignore,
      removeListener: ignore,
    });
    return list as unknown as MediaQueryList;
  };
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
  globalThis.CSS = { escape: (text: string) => text.replace(/[^\w-]/g, '\\$&') } as typeof CSS;
}

export interface Scroll {
  top: number;
  readonly rowHeight: number;
  readonly boxHeight: number;
}

/** Lays out the rows of a message list one below the other. */
export function layOutRows(list: HTMLElement, scroll: Scroll): void {
  const box = list.querySelector<HTMLElement>('.box')!;
  const content = list.querySelector<HTMLElement>('.content')!;
  const rows = (): HTMLElement[] => [...content.querySelectorAll<HTMLElement>('[data-key]')];
  const height = (): number => rows().length * scroll.rowHeight;
  Object.defineProperties(box, {
    clientHeight: { get: () => scroll.boxHeight },
    scrollHeight: { get: () => Math.max(height(), scroll.boxHeight) },
    scrollTop: {
      get: () => scroll.top,
      set: (top: number) => (scroll.top = Math.max(0, Math.min(top, Math.max(0, height() - scroll.boxHeight)))),
    },
  });
  jest.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(function (this: Element) {
    const all = rows();
    const at = (index: number, count: number): DOMRect =>
      rect(index * scroll.rowHeight - scroll.top, count * scroll.rowHeight);
    if (this === box) return rect(0, scroll.boxHeight);
    if (this === content) return at(0, all.length);
    if (this.matches('[data-key]')) return at(all.indexOf(this as HTMLElement), 1);
    const own = all.filter((row) => this.contains(row));
    return at(own[0] === undefined ? 0 : all.indexOf(own[0]), own.length);
  });
}

function rect(y: number, height: number): DOMRect {
  return { x: 0, y, width: 0, height, top: y, bottom: y + height, left: 0, right: 0, toJSON: () => ({}) };
}

function ignore(): void {
  // No query ever begins to match here.
}
