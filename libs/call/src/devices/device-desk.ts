import { systemClock, type Clock } from '@parley/client';
import { BehaviorSubject, type Observable } from 'rxjs';
import { Capture, type CaptureDesk } from './capture';
import { choicesOf, findChoice, isThere } from './device-choices';
import type { CaptureKind, DeviceChoice, DeviceKind, DevicesState } from './device-state';
import { PermissionWatch } from './permission-watch';
import { Remembered, type ChoiceStorage } from './remembered';

/** All of the browser, unless others are given. */
export interface DeviceDeskOptions {
  readonly mediaDevices?: MediaDevices;
  readonly permissions?: Permissions;
  readonly storage?: ChoiceStorage;
  readonly clock?: Clock;
  /** Whether sound can be played elsewhere than on the default speaker. */
  readonly speakers?: boolean;
  /** Whether no two cameras can be open at a time, as on phones. */
  readonly oneCamera?: boolean;
}

/** One plug is several changes: a headset is a microphone and a speaker, and they come one after the other. */
const SETTLE_MS = 250;

/**
 * The microphone and the camera of this person, and which speaker they hear with. Nothing here throws or rejects: what
 * goes wrong is in {@link state}. Devices are asked for one kind at a time, so that a refused camera takes no
 * microphone with it.
 */
export class DeviceDesk {
  readonly #devices: MediaDevices | undefined;
  readonly #clock: Clock;
  readonly #speakers: boolean;
  readonly #oneCamera: boolean;
  readonly #remembered: Remembered;
  readonly #captures: Readonly<Record<CaptureKind, Capture>>;
  readonly #permissions: Readonly<Record<CaptureKind, PermissionWatch>>;
  readonly #state: BehaviorSubject<DevicesState>;
  #speaker: DeviceChoice | undefined;
  #speakerChoices: readonly DeviceChoice[] = [];
  #list: readonly MediaDeviceInfo[] = [];
  #listing = 0;
  #cancelRelist: () => void = () => undefined;
  #changed = false;
  #publishing = false;
  #closed = false;

  constructor(options: DeviceDeskOptions = {}) {
    this.#devices = options.mediaDevices ?? browser()?.mediaDevices;
    this.#clock = options.clock ?? systemClock;
    this.#speakers = options.speakers ?? canChooseSpeaker();
    this.#oneCamera = options.oneCamera ?? isPhone();
    this.#remembered = new Remembered(options.storage ?? browserStorage());
    this.#speaker = this.#remembered.read('speaker');
    const permissions = options.permissions ?? browser()?.permissions;
    const watch = (kind: CaptureKind): PermissionWatch =>
      new PermissionWatch(permissions, kind, (state) => this.#permission(kind, state));
    this.#permissions = { microphone: watch('microphone'), camera: watch('camera') };
    const capture = (kind: CaptureKind): Capture => new Capture(kind, this.#forCaptures, this.#remembered.read(kind));
    this.#captures = { microphone: capture('microphone'), camera: capture('camera') };
    this.#state = new BehaviorSubject(this.#snapshot());
    this.#devices?.addEventListener('devicechange', this.#onDeviceChange);
    void this.#relist();
  }

  /** Replayed; completes with {@link close}. */
  get state(): Observable<DevicesState> {
    return this.#state.asObservable();
  }

  get current(): DevicesState {
    return this.#snapshot();
  }

  /**
   * Takes the device up. Asking twice is asking once.
   *
   * @returns resolves once it is on, or is known not to be: see {@link state}
   */
  start(kind: CaptureKind): Promise<void> {
    return this.#closed ? Promise.resolve() : this.#captures[kind].start();
  }

  /** Releases the device, so that its light goes out. An answer that comes late is released as well. */
  stop(kind: CaptureKind): void {
    if (!this.#closed) this.#captures[kind].stop();
  }

  /**
   * Chooses a device, now and for the next time. While the kind is on, the new device takes the place of the old one,
   * which stops only then; where the new one fails, the old one stays, and `detail` says why. On a phone, which opens one
   * camera at a time, the old one makes room, and comes back.
   *
   * @param id of a choice in {@link state}; undefined for the browser's default
   */
  choose(kind: DeviceKind, id: string | undefined): Promise<void> {
    if (this.#closed) return Promise.resolve();
    if (kind !== 'speaker') return this.#captures[kind].choose(id);
    this.#speaker = this.#speakerChoices.find((each) => each.id === id);
    this.#remembered.write('speaker', this.#speaker);
    this.#publish();
    return Promise.resolve();
  }

  /** Releases everything. Harmless when repeated. */
  close(): void {
    if (this.#closed) return;
    for (const capture of Object.values(this.#captures)) capture.stop();
    this.#closed = true;
    this.#cancelRelist();
    this.#devices?.removeEventListener('devicechange', this.#onDeviceChange);
    for (const permission of Object.values(this.#permissions)) permission.close();
    this.#state.complete();
  }

  get #forCaptures(): CaptureDesk {
    return {
      devices: this.#devices,
      oneCamera: this.#oneCamera,
      isWithdrawn: (kind) => this.#isWithdrawn(kind),
      remember: (kind, choice) => this.#remembered.write(kind, choice),
      changed: () => this.#publish(),
      relist: () => void this.#relist(),
    };
  }

  readonly #onDeviceChange = (): void => {
    for (const capture of Object.values(this.#captures)) capture.plugged();
    this.#cancelRelist();
    this.#cancelRelist = this.#clock.after(SETTLE_MS, () => void this.#relist());
  };

  #permission(kind: CaptureKind, state: PermissionState): void {
    if (this.#closed) return;
    if (state === 'granted') this.#captures[kind].permitted();
    void this.#relist();
  }

  async #isWithdrawn(kind: CaptureKind): Promise<boolean> {
    const state = await this.#permissions[kind].state();
    if (state !== 'prompt') return state === 'denied';
    // Firefox says `prompt` also while a permission for this once is in force. What tells is whether labels are told.
    await this.#relist();
    return isThere(this.#list, kind) && choicesOf(this.#list, false)[kind].length === 0;
  }

  async #relist(): Promise<void> {
    const listing = (this.#listing += 1);
    const list = await this.#enumerate();
    if (this.#closed || listing !== this.#listing) return;
    this.#list = list;
    const choices = choicesOf(list, this.#speakers);
    this.#speakerChoices = choices.speaker;
    this.#speaker = (this.#speaker && findChoice(choices.speaker, this.#speaker)) ?? this.#speaker;
    this.#publish();
    this.#captures.microphone.listed(choices.microphone, isThere(list, 'microphone'));
    this.#captures.camera.listed(choices.camera, isThere(list, 'camera'));
  }

  async #enumerate(): Promise<readonly MediaDeviceInfo[]> {
    try {
      return (await this.#devices?.enumerateDevices()) ?? [];
    } catch {
      // A page that is going away is told nothing any more; what was known stays.
      return this.#list;
    }
  }

  #snapshot(): DevicesState {
    const speaker = this.#speakerChoices.find(({ id }) => id === this.#speaker?.id);
    return {
      microphone: this.#captures.microphone.state,
      camera: this.#captures.camera.state,
      speaker: { chosen: speaker?.id, choices: this.#speakerChoices },
    };
  }

  /** Who is told may do something at once, which changes the state: the others must not hear of that before this. */
  #publish(): void {
    this.#changed = true;
    if (this.#publishing) return;
    this.#publishing = true;
    while (this.#changed && !this.#closed) {
      this.#changed = false;
      this.#state.next(this.#snapshot());
    }
    this.#publishing = false;
  }
}

/** Parts of it are undefined in pages that did not come over HTTPS, whatever the types say. */
function browser(): { readonly mediaDevices?: MediaDevices; readonly permissions?: Permissions } | undefined {
  return globalThis.navigator;
}

function browserStorage(): ChoiceStorage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    // Forbidden by the browser's settings: choices then last as long as the page.
    return undefined;
  }
}

/** Phones and tablets: no mouse, and fingers. */
function isPhone(): boolean {
  return typeof matchMedia === 'function' && matchMedia('(hover: none) and (pointer: coarse)').matches;
}

function canChooseSpeaker(): boolean {
  return typeof HTMLMediaElement !== 'undefined' && 'setSinkId' in HTMLMediaElement.prototype;
}
