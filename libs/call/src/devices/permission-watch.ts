import type { CaptureKind } from './device-state';

/** What the browser's settings say of one kind of device, where the browser tells. */
export class PermissionWatch {
  readonly #changed: (state: PermissionState) => void;
  #status: Promise<PermissionStatus | undefined>;
  #closed = false;

  constructor(permissions: Permissions | undefined, kind: CaptureKind, changed: (state: PermissionState) => void) {
    this.#changed = changed;
    // A browser that does not know the name rejects; then nothing is known, and only asking for the device tells.
    this.#status = permissions?.query({ name: kind }).catch(() => undefined) ?? Promise.resolve(undefined);
    void this.#status.then((status) => {
      if (!this.#closed) status?.addEventListener('change', this.#onChange);
    });
  }

  async state(): Promise<PermissionState | undefined> {
    return (await this.#status)?.state;
  }

  close(): void {
    this.#closed = true;
    void this.#status.then((status) => status?.removeEventListener('change', this.#onChange));
  }

  readonly #onChange = (event: Event): void => {
    this.#changed((event.target as PermissionStatus).state);
  };
}
