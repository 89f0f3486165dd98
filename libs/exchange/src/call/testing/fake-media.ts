import type {
  CaptureState,
  DeviceKind,
  DevicesState,
  LevelMeter,
  NoScreen,
  RelayCheck,
  ScreenShare,
} from '@parley/call';
import type { IceServers } from '@parley/protocol';
import { BehaviorSubject } from 'rxjs';
import type { CallParts, Desk } from '../call-parts';
import { FakeSession } from './fake-session';

/** What jsdom lacks: streams, and media elements that play. */
export function giveMedia(): void {
  globalThis.MediaStream = class {
    constructor(readonly tracks: readonly MediaStreamTrack[]) {}
  } as unknown as typeof MediaStream;
  HTMLMediaElement.prototype.play = () => Promise.resolve();
}

/** The tracks that an element plays. */
export function tracksOf(element: HTMLMediaElement): readonly MediaStreamTrack[] {
  return (element.srcObject as unknown as { tracks: readonly MediaStreamTrack[] } | null)?.tracks ?? [];
}

export function fakeTrack(label = 'fake'): MediaStreamTrack {
  const track = Object.assign(new EventTarget(), {
    label,
    readyState: 'live',
    stop: () => (track.readyState = 'ended'),
  });
  return track as unknown as MediaStreamTrack;
}

const idle: CaptureState = { status: 'idle', track: undefined, chosen: undefined, choices: [], detail: undefined };

/** Devices that do what the test says. */
export class FakeDesk implements Desk {
  readonly state = new BehaviorSubject<DevicesState>({
    microphone: idle,
    camera: idle,
    speaker: { chosen: undefined, choices: [] },
  });
  /** What was asked of it, in order. */
  readonly asked: string[] = [];
  /** What asking for a device comes to. */
  answers: Record<'microphone' | 'camera', CaptureState['status']> = { microphone: 'on', camera: 'on' };

  get current(): DevicesState {
    return this.state.value;
  }

  start(kind: 'microphone' | 'camera'): Promise<void> {
    this.asked.push(`start ${kind}`);
    this.become(kind, this.answers[kind]);
    return Promise.resolve();
  }

  stop(kind: 'microphone' | 'camera'): void {
    this.asked.push(`stop ${kind}`);
    this.become(kind, 'idle');
  }

  choose(kind: DeviceKind, id: string | undefined): Promise<void> {
    this.asked.push(`choose ${kind} ${id ?? 'default'}`);
    return Promise.resolve();
  }

  close(): void {
    this.asked.push('close');
  }

  become(kind: 'microphone' | 'camera', status: CaptureState['status'], more: Partial<CaptureState> = {}): void {
    const { track: before } = this.current[kind];
    const track = status === 'on' ? (before ?? fakeTrack(kind)) : undefined;
    this.state.next({ ...this.current, [kind]: { ...this.current[kind], ...more, status, track } });
  }
}

export class FakeShare implements ScreenShare {
  readonly tracks = { screen: fakeTrack('screen'), 'screen-audio': fakeTrack('screen-audio') };
  end: () => void = () => undefined;
  readonly ended = new Promise<void>((resolve) => (this.end = resolve));
  stop(): void {
    this.end();
  }
}

/** The code of a call in which the test is everything else: server, devices and the others. */
export class FakeParts implements CallParts {
  readonly session = new FakeSession();
  readonly desks: FakeDesk[] = [];
  readonly level = new BehaviorSubject(0);
  /** What sharing a screen comes to. */
  share: ScreenShare | NoScreen = new FakeShare();
  /** What asking the relay comes to. */
  verdict: RelayCheck['verdict'] = 'good';
  readonly answers: FakeDesk['answers'] = { microphone: 'on', camera: 'on' };

  /** The devices that were opened last. */
  get desk(): FakeDesk {
    return this.desks.at(-1)!;
  }

  openCall(_channel: unknown, { me }: { readonly me: string }): FakeSession {
    this.session.me = me;
    return this.session;
  }

  openDesk(): FakeDesk {
    const desk = new FakeDesk();
    desk.answers = this.answers;
    this.desks.push(desk);
    return desk;
  }

  meter(): LevelMeter {
    return { level: this.level, close: () => undefined };
  }

  shareScreen(): Promise<ScreenShare | NoScreen> {
    return Promise.resolve(this.share);
  }

  checkRelay(_servers: IceServers): Promise<RelayCheck> {
    return Promise.resolve({ verdict: this.verdict, results: [] });
  }
}
