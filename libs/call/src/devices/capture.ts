import type { CaptureFailure } from './capture-failure';
import { findChoice } from './device-choices';
import type { CaptureKind, CaptureState, DeviceChoice, DeviceStatus } from './device-state';
import { requestTrack, type TrackAnswer, type TrackRequest } from './request-track';

/** What a {@link Capture} needs of the desk that it belongs to. */
export interface CaptureDesk {
  readonly devices: MediaDevices | undefined;
  /** Phones open one camera at a time: for another, the one in use has to go first. */
  readonly oneCamera: boolean;
  /** Whether the browser's settings forbid the kind now, or would have to be asked again. */
  isWithdrawn(kind: CaptureKind): Promise<boolean>;
  remember(kind: CaptureKind, choice: DeviceChoice | undefined): void;
  changed(): void;
  /** The list of devices may tell more than before. */
  relist(): void;
}

/** A device that goes away each time it was taken up again is left alone after so many times, until devices change. */
const REVIVALS = 3;

/** One kind of device: at most one track of it lives at any time, but for the moment in which two change places. */
export class Capture {
  readonly #kind: CaptureKind;
  readonly #desk: CaptureDesk;
  #status: DeviceStatus = 'idle';
  #detail: string | undefined;
  #track: MediaStreamTrack | undefined;
  /** The device that `#track` comes from, or came from. */
  #using: string | undefined;
  /** What the person chose, whether or not it is there. */
  #wish: DeviceChoice | undefined;
  /** The last wish that a track was got with. */
  #proven: DeviceChoice | undefined;
  #choices: readonly DeviceChoice[] = [];
  /** Started, and not stopped since. */
  #wanted = false;
  /** It was on and went away, and nothing has come in its place. */
  #gone = false;
  /** Whether the track that went away was heard or seen: who was muted must not be heard because a plug came loose. */
  #enabled = true;
  #revivals = 0;
  /** Until it is known why the track ended: what was taken away is not taken back. */
  #explaining = false;
  /** The latest request; whatever answers an older one comes too late. */
  #request: object | undefined;
  #waiting: (() => void)[] = [];

  constructor(kind: CaptureKind, desk: CaptureDesk, wish: DeviceChoice | undefined) {
    this.#kind = kind;
    this.#desk = desk;
    this.#wish = wish;
  }

  get state(): CaptureState {
    const elsewhere = this.#status === 'on' && this.#request === undefined && this.#using !== this.#wish?.id;
    return {
      status: this.#status,
      track: this.#track,
      chosen: elsewhere ? undefined : this.#wish?.id,
      choices: this.#choices,
      detail: this.#detail,
    };
  }

  start(): Promise<void> {
    if (this.#status !== 'on' && this.#status !== 'asking') {
      this.#wanted = true;
      this.#gone = false;
      this.#revivals = 0;
      void this.#acquire(this.#wish, true);
    }
    return this.#status === 'on' ? Promise.resolve() : this.#settled();
  }

  stop(): void {
    this.#wanted = false;
    this.#gone = false;
    this.#enabled = true;
    this.#request = undefined;
    this.#letGo();
    this.#become('idle');
    this.#settle();
  }

  choose(id: string | undefined): Promise<void> {
    this.#revivals = 0;
    this.#wish = id === undefined ? undefined : (this.#choices.find((each) => each.id === id) ?? { id, label: '' });
    if (this.#track === undefined) this.#desk.remember(this.#kind, this.#wish);
    const running = this.#wanted && this.#status !== 'denied';
    if (running && !this.#isInUse()) void this.#acquire(this.#wish, this.#track === undefined);
    else if (running) this.#keep();
    else this.#desk.changed();
    return this.#settled();
  }

  /**
   * What there is now.
   *
   * @param present whether there is any device of the kind, told by its label or not
   */
  listed(choices: readonly DeviceChoice[], present: boolean): void {
    this.#choices = choices;
    const found = this.#wish && findChoice(choices, this.#wish);
    if (found !== undefined) this.#recognise(found);
    if (this.#status === 'missing' && present) this.#rest();
    else if (this.#status === 'unplugged') this.#revive(found, present);
    else if (this.#status === 'on' && this.#request === undefined && found && found.id !== this.#using) {
      // Started on another because this one was not there, or not known by its new id.
      void this.#acquire(found, false);
    } else this.#desk.changed();
  }

  /** Something was plugged in or out: what failed before may work now. */
  plugged(): void {
    this.#revivals = 0;
  }

  /** The browser's settings allow it. */
  permitted(): void {
    if (this.#status === 'denied') this.#rest();
  }

  async #acquire(wish: DeviceChoice | undefined, orAny: boolean): Promise<void> {
    const request = {};
    this.#request = request;
    if (this.#track === undefined) this.#become('asking');
    else this.#become('on');
    const wanted = (): boolean => this.#request === request;
    const answer = await this.#ask({ id: wish?.id, orAny, wanted });
    if (wanted() && this.#isInTheWay(answer)) await this.#makeRoom(wish, wanted, answer);
    else this.#take(answer, wanted);
  }

  #ask(request: Omit<TrackRequest, 'kind'>): Promise<TrackAnswer | CaptureFailure> {
    return requestTrack(this.#desk.devices, { ...request, kind: this.#kind });
  }

  #isInTheWay(answer: TrackAnswer | CaptureFailure): answer is CaptureFailure {
    const busy = 'status' in answer && answer.status === 'busy';
    return busy && this.#desk.oneCamera && this.#kind === 'camera' && this.#track !== undefined;
  }

  /** The old one goes before the new one is asked for, and comes back where that fails all the same. */
  async #makeRoom(wish: DeviceChoice | undefined, wanted: () => boolean, { detail }: CaptureFailure): Promise<void> {
    const old = this.#using;
    this.#enabled = this.#track?.enabled ?? this.#enabled;
    this.#letGo();
    this.#become('asking');
    const answer = await this.#ask({ id: wish?.id, orAny: false, wanted });
    if ('track' in answer || !wanted()) {
      this.#take(answer, wanted);
      return;
    }
    this.#wish = this.#proven;
    this.#take(await this.#ask({ id: old, orAny: true, wanted }), wanted, detail);
  }

  /** @param detail why it is not the one that was asked for */
  #take(answer: TrackAnswer | CaptureFailure, wanted: () => boolean, detail?: string): void {
    if (!wanted()) {
      if ('track' in answer) answer.track.stop();
      return;
    }
    this.#request = undefined;
    if ('track' in answer) this.#adopt(answer, detail);
    else this.#fail(answer);
    this.#settle();
  }

  #adopt({ track, id }: TrackAnswer, detail: string | undefined): void {
    const old = this.#track;
    track.enabled = old?.enabled ?? this.#enabled;
    old?.removeEventListener('ended', this.#onEnded);
    track.addEventListener('ended', this.#onEnded);
    this.#track = track;
    this.#using = id;
    this.#gone = false;
    this.#desk.remember(this.#kind, this.#wish);
    this.#proven = this.#wish;
    this.#become('on', detail);
    // Only now: whoever sends the old one has been given the new one.
    old?.stop();
    if (track.readyState === 'ended') this.#onEnded();
    else this.#desk.relist();
  }

  #fail({ status, detail }: CaptureFailure): void {
    if (this.#track !== undefined) {
      this.#wish = this.#proven;
      this.#become('on', detail);
    } else if (this.#gone && status !== 'denied') this.#become('unplugged', detail);
    else this.#become(status, detail);
  }

  readonly #onEnded = (): void => {
    const track = this.#track;
    if (track === undefined) return;
    this.#enabled = track.enabled;
    track.removeEventListener('ended', this.#onEnded);
    this.#track = undefined;
    this.#gone = true;
    if (this.#request !== undefined) {
      this.#become('asking');
      return;
    }
    this.#become('unplugged');
    void this.#explain();
  };

  /** It went away, or it was taken away. */
  async #explain(): Promise<void> {
    this.#explaining = true;
    const withdrawn = await this.#desk.isWithdrawn(this.#kind);
    this.#explaining = false;
    if (this.#status !== 'unplugged') return;
    if (withdrawn) this.#become('denied');
    else this.#desk.relist();
  }

  #revive(found: DeviceChoice | undefined, present: boolean): void {
    const mustBeThis = this.#wish !== undefined && this.#using === this.#wish.id;
    const possible = mustBeThis ? found !== undefined : present;
    if (!possible || this.#explaining || this.#revivals >= REVIVALS) {
      this.#desk.changed();
      return;
    }
    this.#revivals += 1;
    void this.#acquire(this.#wish, !mustBeThis);
  }

  /** The wish, as it is listed now: its id may be another than when it was chosen, and its label may not have been known. */
  #recognise(found: DeviceChoice): void {
    const old = this.#wish;
    if (found.id === old?.id && found.label === old.label) return;
    const unproven = this.#track !== undefined && this.#proven?.id !== old?.id;
    if (this.#proven?.id === old?.id) this.#proven = found;
    if (this.#track === undefined && this.#using === old?.id) this.#using = found.id;
    this.#wish = found;
    if (!unproven) this.#desk.remember(this.#kind, found);
  }

  /** Whether the wish is what is on already. */
  #isInUse(): boolean {
    if (this.#track === undefined) return false;
    return this.#wish === undefined ? this.#proven === undefined : this.#wish.id === this.#using;
  }

  /** Stays with what is on; an exchange that was under way is called off. */
  #keep(): void {
    this.#request = undefined;
    this.#proven = this.#wish;
    this.#desk.remember(this.#kind, this.#wish);
    this.#become('on');
    this.#settle();
  }

  #rest(): void {
    this.#wanted = false;
    this.#become('idle');
  }

  #letGo(): void {
    this.#track?.removeEventListener('ended', this.#onEnded);
    this.#track?.stop();
    this.#track = undefined;
  }

  #become(status: DeviceStatus, detail?: string): void {
    this.#status = status;
    this.#detail = detail;
    this.#desk.changed();
  }

  /** Resolves once no request is under way. */
  #settled(): Promise<void> {
    return this.#request === undefined ? Promise.resolve() : new Promise((resolve) => this.#waiting.push(resolve));
  }

  #settle(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
