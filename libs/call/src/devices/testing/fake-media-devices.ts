import type { CaptureKind, DeviceKind } from '../device-state';
import { FakePermissions } from './fake-permissions';
import { FakeStream } from './fake-stream';
import { FakeTrack } from './fake-track';

interface Device {
  readonly id: string;
  readonly label: string;
  readonly kind: DeviceKind;
}

const listedKinds: Readonly<Record<DeviceKind, MediaDeviceKind>> = {
  microphone: 'audioinput',
  camera: 'videoinput',
  speaker: 'audiooutput',
};

/**
 * The devices of a computer, and what its person answers when the browser asks. It keeps to the rules of Media Capture
 * and Streams: no labels and ids before permission, `OverconstrainedError` for a device that is not there.
 */
export class FakeMediaDevices extends EventTarget implements MediaDevices {
  readonly permissions = new FakePermissions();
  /** What was asked for, in order. */
  readonly requests: MediaStreamConstraints[] = [];
  /** Every track that was ever given, clones excepted. */
  readonly given: FakeTrack[] = [];
  /** Ids of devices that another program has. */
  readonly busy = new Set<string>();
  /** Phones open one camera at a time. */
  oneCamera = false;
  /** What the person answers when asked: the browser's settings keep it. */
  answer: 'granted' | 'denied' = 'granted';
  /** What the person picks when asked for a screen; an error to refuse it. */
  screen: () => MediaStream = () => new FakeStream([new FakeTrack('video', 'screen')]);
  /** What `getDisplayMedia` was last called with. */
  screenOptions: DisplayMediaStreamOptions | undefined;
  ondevicechange = null;
  #devices: Device[] = [];
  #held: (() => void)[] | undefined;
  #made = 0;

  /** Of one kind, live now. */
  live(kind: CaptureKind): readonly FakeTrack[] {
    const wanted = kind === 'microphone' ? 'audio' : 'video';
    return this.given.filter((track) => track.kind === wanted && track.readyState === 'live');
  }

  /** @returns the device's id */
  plug(kind: DeviceKind, label: string, id = `${kind}-${String((this.#made += 1))}`): string {
    this.#devices = [...this.#devices.filter((device) => device.id !== id), { id, label, kind }];
    this.dispatchEvent(new Event('devicechange'));
    return id;
  }

  unplug(id: string): void {
    this.#devices = this.#devices.filter((device) => device.id !== id);
    for (const track of this.given) if (track.deviceId === id) track.end();
    this.dispatchEvent(new Event('devicechange'));
  }

  /** As in the browser's settings, during whatever. */
  permit(kind: CaptureKind, state: PermissionState): void {
    if (state !== 'granted') for (const track of this.live(kind)) track.end();
    this.permissions.set(kind, state);
  }

  /** Answers to `getUserMedia` wait from now on. */
  hold(): void {
    this.#held ??= [];
  }

  /** Requests that wait. */
  get waiting(): number {
    return this.#held?.length ?? 0;
  }

  /** Lets one of those that wait go on. */
  answerOne(index = 0): void {
    const [go] = this.#held?.splice(index, 1) ?? [];
    go?.();
  }

  /** Lets all go on, those to come too. */
  release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const go of held) go();
  }

  async getUserMedia(constraints: MediaStreamConstraints = {}): Promise<MediaStream> {
    this.requests.push(constraints);
    const held = this.#held;
    if (held !== undefined) await new Promise<void>((resolve) => held.push(resolve));
    const tracks: FakeTrack[] = [];
    if (constraints.audio) tracks.push(this.#open('microphone', constraints.audio));
    if (constraints.video) tracks.push(this.#open('camera', constraints.video));
    this.given.push(...tracks);
    return new FakeStream(tracks);
  }

  getDisplayMedia(options?: DisplayMediaStreamOptions): Promise<MediaStream> {
    this.screenOptions = options;
    return new Promise((resolve) => resolve(this.screen()));
  }

  enumerateDevices(): Promise<MediaDeviceInfo[]> {
    return Promise.resolve(
      this.#devices.map(({ id, label, kind }) => {
        const told = this.permissions.state(kind === 'speaker' ? 'microphone' : kind) === 'granted';
        const info = {
          kind: listedKinds[kind],
          deviceId: told ? id : '',
          label: told ? label : '',
          groupId: '',
        };
        return { ...info, toJSON: () => info };
      }),
    );
  }

  getSupportedConstraints(): MediaTrackSupportedConstraints {
    return { deviceId: true };
  }

  #open(kind: CaptureKind, constraints: true | MediaTrackConstraints): FakeTrack {
    const present = this.#devices.filter((device) => device.kind === kind);
    if (present.length === 0) throw new DOMException('Requested device not found', 'NotFoundError');
    if (this.permissions.state(kind) === 'prompt') this.permissions.set(kind, this.answer);
    if (this.permissions.state(kind) === 'denied') throw new DOMException('Permission denied', 'NotAllowedError');
    const wanted = constraints === true ? undefined : (constraints.deviceId as { exact?: string } | undefined)?.exact;
    const device = present.find(({ id }) => wanted === undefined || id === wanted);
    if (device === undefined) throw new FakeOverconstrainedError();
    const taken = this.oneCamera && kind === 'camera' && this.live(kind).some(({ deviceId }) => deviceId !== device.id);
    if (taken || this.busy.has(device.id)) throw new DOMException('Could not start video source', 'NotReadableError');
    return new FakeTrack(kind === 'microphone' ? 'audio' : 'video', device.label, device.id);
  }
}

/** Node and jsdom have none. */
class FakeOverconstrainedError extends Error {
  override readonly name = 'OverconstrainedError';
  readonly constraint = 'deviceId';
}
