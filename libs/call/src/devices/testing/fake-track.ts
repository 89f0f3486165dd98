/** A track without a picture or sound. */
export class FakeTrack extends EventTarget implements MediaStreamTrack {
  readonly id = crypto.randomUUID();
  readonly kind: 'audio' | 'video';
  readonly label: string;
  contentHint = '';
  enabled = true;
  muted = false;
  onended = null;
  onmute = null;
  onunmute = null;
  /** The tracks made of this one by `clone`. */
  readonly clones: FakeTrack[] = [];
  readonly #deviceId: string | undefined;
  #readyState: MediaStreamTrackState = 'live';

  /** @param deviceId undefined for a browser that does not say */
  constructor(kind: 'audio' | 'video', label = '', deviceId?: string) {
    super();
    this.kind = kind;
    this.label = label;
    this.#deviceId = deviceId;
  }

  get readyState(): MediaStreamTrackState {
    return this.#readyState;
  }

  get deviceId(): string | undefined {
    return this.#deviceId;
  }

  /** As a page does: nobody is told. */
  stop(): void {
    this.#readyState = 'ended';
  }

  /** As a device does that goes away. */
  end(): void {
    if (this.#readyState === 'ended') return;
    this.#readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }

  clone(): FakeTrack {
    const clone = new FakeTrack(this.kind, this.label, this.#deviceId);
    clone.enabled = this.enabled;
    this.clones.push(clone);
    return clone;
  }

  getSettings(): MediaTrackSettings {
    return this.#deviceId === undefined ? {} : { deviceId: this.#deviceId };
  }

  getCapabilities(): MediaTrackCapabilities {
    return {};
  }

  getConstraints(): MediaTrackConstraints {
    return {};
  }

  applyConstraints(): Promise<void> {
    return Promise.resolve();
  }
}
