import type { CaptureKind } from '../device-state';

class FakePermissionStatus extends EventTarget implements PermissionStatus {
  readonly name: string;
  onchange = null;
  state: PermissionState;

  constructor(name: string, state: PermissionState) {
    super();
    this.name = name;
    this.state = state;
  }
}

/** What a browser's settings say, and a person changes there. */
export class FakePermissions implements Permissions {
  readonly #statuses = new Map<string, FakePermissionStatus>();

  state(kind: CaptureKind): PermissionState {
    return this.#status(kind).state;
  }

  set(kind: CaptureKind, state: PermissionState): void {
    const status = this.#status(kind);
    if (status.state === state) return;
    status.state = state;
    status.dispatchEvent(new Event('change'));
  }

  query({ name }: PermissionDescriptor): Promise<PermissionStatus> {
    return Promise.resolve(this.#status(name));
  }

  #status(name: string): FakePermissionStatus {
    const status = this.#statuses.get(name) ?? new FakePermissionStatus(name, 'prompt');
    this.#statuses.set(name, status);
    return status;
  }
}
