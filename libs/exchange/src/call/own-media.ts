import { computed, signal, type Signal, type WritableSignal } from '@angular/core';
import type {
  CaptureKind,
  DeviceKind,
  DevicesState,
  LevelMeter,
  NoScreen,
  OwnState,
  ScreenShare,
  Switch,
  Tracks,
} from '@parley/call';
import type { Subscription } from 'rxjs';
import type { Desk } from './call-parts';
import type { Remembered } from './remembered';

export interface OwnMediaOptions {
  readonly desk: Desk;
  readonly shareScreen: () => Promise<ScreenShare | NoScreen>;
  readonly meter: (track: MediaStreamTrack) => LevelMeter;
  /** Whether someone joins with these on. */
  readonly wants: Readonly<Record<CaptureKind, Remembered>>;
}

/**
 * One's own microphone, camera and screen, from the lobby on. A muted microphone goes on listening here, so that who
 * speaks while muted is told so; a camera that is off is let go, so that its light is off too.
 */
export class OwnMedia {
  private readonly state: WritableSignal<DevicesState>;
  private readonly subscription: Subscription;
  private readonly wanted: Readonly<Record<CaptureKind, WritableSignal<boolean>>>;
  private readonly pressed = signal(false);
  private readonly shared = signal<ScreenShare | undefined>(undefined);
  private readonly loudness = signal(0);
  private readonly videoAllowed = signal(true);
  private readonly problem = signal('');
  private closed = false;
  /** The browser asks which screen. */
  private asking = false;
  private metered:
    { readonly track: MediaStreamTrack; readonly meter: LevelMeter; readonly heard: Subscription } | undefined;

  readonly devices: Signal<DevicesState>;
  /** Push-to-talk: muted, and talking as long as the key is held. */
  readonly talking: Signal<boolean> = computed(
    () => this.pressed() && !this.wanted.microphone() && this.devices().microphone.status === 'on',
  );
  /** What is captured of the screen now. */
  readonly screen = computed(() => this.shared()?.tracks.screen);
  /** How loud one's own microphone is, 0 to 1, muted or not. */
  readonly level = this.loudness.asReadonly();
  /** Why the screen could not be shared; empty for no reason. */
  readonly shareProblem = this.problem.asReadonly();
  /** The camera's picture for oneself; undefined while it is off. */
  readonly picture = computed(() => (this.showsCamera() ? this.devices().camera.track : undefined));
  /** What the others are told. */
  readonly own = computed<OwnState>(
    () => ({
      microphone: this.switchOf('microphone', this.wanted.microphone() || this.talking()),
      camera: this.switchOf('camera', this.wanted.camera() && this.videoAllowed()),
      screen: this.screen() !== undefined,
    }),
    { equal: sameState },
  );
  /** What goes out. */
  readonly tracks = computed<Tracks>(
    () => {
      const { microphone, camera } = this.devices();
      const own = this.own();
      return {
        ...(own.microphone === 'on' && microphone.track !== undefined ? { microphone: microphone.track } : {}),
        ...(own.camera === 'on' && camera.track !== undefined ? { camera: camera.track } : {}),
        ...this.shared()?.tracks,
      };
    },
    { equal: sameTracks },
  );

  constructor(private readonly options: OwnMediaOptions) {
    const { desk, wants } = options;
    this.state = signal(desk.current);
    this.devices = this.state.asReadonly();
    this.wanted = { microphone: signal(wants.microphone.read()), camera: signal(wants.camera.read()) };
    this.subscription = desk.state.subscribe((state) => {
      const before = this.state();
      this.state.set(state);
      this.listenTo(state.microphone.track);
      // The desk rests where it may be asked again: permission was given in the browser, or a device plugged in.
      for (const kind of ['microphone', 'camera'] as const) {
        const wanted = kind === 'microphone' || this.wanted.camera();
        const couldNot = ['denied', 'missing'].includes(before[kind].status);
        if (couldNot && state[kind].status === 'idle' && wanted) this.start(kind);
      }
    });
  }

  /** Asks the browser for what is wanted. Nothing is asked for before. */
  open(): void {
    // The microphone also while muted: whoever talks while muted is told so, and a held key is heard at once.
    this.start('microphone');
    if (this.wanted.camera()) this.start('camera');
  }

  /** Lets go of everything. */
  close(): void {
    this.closed = true;
    this.stopSharing();
    this.subscription.unsubscribe();
    this.listenTo(undefined);
    this.options.desk.close();
  }

  wants(kind: CaptureKind): boolean {
    return this.wanted[kind]();
  }

  /** Switches on or off; a device that did not start is tried again. */
  toggle(kind: CaptureKind): void {
    const { status } = this.devices()[kind];
    const retry = this.wanted[kind]() && status !== 'on' && status !== 'asking';
    const on = retry || !this.wanted[kind]();
    this.wanted[kind].set(on);
    this.options.wants[kind].write(on);
    if (on) this.start(kind);
    else if (kind === 'camera') this.options.desk.stop('camera');
  }

  /** Tries a device again that did not start. */
  retry(kind: CaptureKind): void {
    this.start(kind);
  }

  choose(kind: DeviceKind, id: string): void {
    void this.options.desk.choose(kind, id === '' ? undefined : id);
  }

  /** The push-to-talk key. */
  press(pressed: boolean): void {
    this.pressed.set(pressed);
  }

  /** Asks what to show, and shows it. It must be called from a click or a key. */
  async share(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    this.problem.set('');
    const shared = await this.options.shareScreen().finally(() => (this.asking = false));
    if (typeof shared === 'string') {
      this.problem.set(shareProblems[shared]);
      return;
    }
    if (this.closed || !this.videoAllowed()) {
      shared.stop();
      return;
    }
    this.stopSharing();
    this.shared.set(shared);
    // From the browser's own bar too.
    void shared.ended.then(() => {
      if (this.shared() === shared) this.shared.set(undefined);
    });
  }

  stopSharing(): void {
    this.shared()?.stop();
    this.shared.set(undefined);
  }

  /** A call with many people is audio only: then neither camera nor screen is captured. */
  allowVideo(allowed: boolean): void {
    if (allowed === this.videoAllowed()) return;
    this.videoAllowed.set(allowed);
    if (!allowed) {
      this.stopSharing();
      this.options.desk.stop('camera');
    } else if (this.wanted.camera()) this.start('camera');
  }

  private listenTo(track: MediaStreamTrack | undefined): void {
    if (track === this.metered?.track) return;
    this.metered?.heard.unsubscribe();
    this.metered?.meter.close();
    this.metered = undefined;
    this.loudness.set(0);
    if (track === undefined) return;
    const meter = this.options.meter(track);
    this.metered = { track, meter, heard: meter.level.subscribe((level) => this.loudness.set(level)) };
  }

  private start(kind: CaptureKind): void {
    if (this.closed) return;
    if (kind === 'camera' && !this.videoAllowed()) return;
    // What became of it is in the desk's state.
    void this.options.desk.start(kind);
  }

  private showsCamera(): boolean {
    return this.wanted.camera() && this.videoAllowed() && this.devices().camera.status === 'on';
  }

  private switchOf(kind: CaptureKind, wanted: boolean): Switch {
    const { status } = this.devices()[kind];
    if (status === 'on') return wanted ? 'on' : 'off';
    // Whoever has it off has not been refused anything.
    return status === 'idle' || status === 'asking' ? 'off' : 'none';
  }
}

/** Who closes the browser's own question knows that they did. */
const shareProblems: Readonly<Record<NoScreen, string>> = {
  cancelled: '',
  denied: 'Your system does not let the browser show the screen. Allow it in the system’s settings, then share again.',
  unsupported: 'This browser cannot share a screen.',
  failed: 'The screen could not be shared. Try again, or choose another window.',
};

function sameState(one: OwnState, other: OwnState): boolean {
  return one.microphone === other.microphone && one.camera === other.camera && one.screen === other.screen;
}

function sameTracks(one: Tracks, other: Tracks): boolean {
  return (
    one.microphone === other.microphone &&
    one.camera === other.camera &&
    one.screen === other.screen &&
    one['screen-audio'] === other['screen-audio']
  );
}
