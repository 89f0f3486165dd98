/** Browsers let a page make sound, and measure it, only once somebody touched it. */
const gestures = ['pointerdown', 'keydown'] as const;

/** One audio context for all who need one, while somebody does: a browser allows few, and each takes a thread. */
export class SharedAudio {
  readonly #create: () => AudioContext;
  readonly #page: EventTarget | undefined;
  #context: AudioContext | undefined;
  #users = 0;

  /** @param page where gestures arrive */
  constructor(create: () => AudioContext, page: EventTarget | undefined) {
    this.#create = create;
    this.#page = page;
  }

  /** Every `open` has its `close`. */
  open(): AudioContext {
    this.#users += 1;
    this.#context ??= this.#begin();
    return this.#context;
  }

  close(): void {
    this.#users -= 1;
    const context = this.#context;
    if (this.#users > 0 || context === undefined) return;
    this.#context = undefined;
    this.#await(false);
    ignoreRefusal(context.close());
  }

  #begin(): AudioContext {
    const context = this.#create();
    if (context.state !== 'running') {
      this.#await(true);
      ignoreRefusal(context.resume());
    }
    return context;
  }

  #await(gesture: boolean): void {
    for (const type of gestures) {
      if (gesture) this.#page?.addEventListener(type, this.#resume, { capture: true });
      else this.#page?.removeEventListener(type, this.#resume, { capture: true });
    }
  }

  readonly #resume = (): void => {
    const context = this.#context;
    if (context?.state === 'running') this.#await(false);
    else if (context !== undefined) ignoreRefusal(context.resume());
  };
}

/** A context that may not run yet, or was closed meanwhile, measures silence: nothing to tell, and the next gesture helps. */
function ignoreRefusal(promise: Promise<void>): void {
  promise.catch(() => undefined);
}
