/** The canvases of a board, lowest first: what is finished, what goes on, and what is around both. */
export const layerNames = ['base', 'active', 'top'] as const;
export type LayerName = (typeof layerNames)[number];

export interface FrameStats {
  /** Frames that drew something. */
  readonly count: number;
  /** Milliseconds of work for the last one. */
  readonly lastMs: number;
}

export interface FramesOptions {
  /** Draws what changed. It may ask for more. */
  readonly draw: (layers: ReadonlySet<LayerName>) => void;
  readonly request?: (run: () => void) => number;
  readonly cancel?: (id: number) => void;
}

/** Draws with the next frame of the browser what changed since the last, and rests while nothing does. */
export class Frames {
  readonly #options: Required<FramesOptions>;
  #changed = new Set<LayerName>();
  #requested: number | undefined;
  #stats: FrameStats = { count: 0, lastMs: 0 };

  constructor(options: FramesOptions) {
    this.#options = {
      request: (run) => requestAnimationFrame(run),
      cancel: (id) => cancelAnimationFrame(id),
      ...options,
    };
  }

  get stats(): FrameStats {
    return this.#stats;
  }

  /** Something changed on these. */
  ask(...layers: readonly LayerName[]): void {
    for (const layer of layers) this.#changed.add(layer);
    this.#requested ??= this.#options.request(() => this.#draw());
  }

  close(): void {
    if (this.#requested !== undefined) this.#options.cancel(this.#requested);
    // Nothing is asked for any more.
    this.#requested = -1;
  }

  #draw(): void {
    this.#requested = undefined;
    const changed = this.#changed;
    this.#changed = new Set();
    const start = performance.now();
    this.#options.draw(changed);
    const end = performance.now();
    this.#stats = { count: this.#stats.count + 1, lastMs: end - start };
    // Observers are told; kept, the entries would be more with every frame.
    performance.measure('board-frame', { start, end });
    performance.clearMeasures('board-frame');
  }
}
