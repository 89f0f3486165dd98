/**
 * An `RTCPeerConnection` as far as agreeing goes (RFC 8829 §3.5.1, W3C WebRTC §4.7.3): it refuses what a browser
 * refuses, asks for negotiation as one does, and finds candidates after each description with new credentials. It is
 * stricter than browsers in one thing: an answer must answer the very offer that is pending.
 */
export class FakePeerConnection {
  signalingState: RTCSignalingState = 'stable';
  connectionState: RTCPeerConnectionState = 'new';
  onnegotiationneeded: (() => void) | null = null;
  onicecandidate: ((event: { candidate: { toJSON(): RTCIceCandidateInit } | null }) => void) | null = null;
  onicecandidateerror: ((event: { errorCode: number; url: string }) => void) | null = null;
  onconnectionstatechange: (() => void) | null = null;
  configuration: RTCConfiguration = {};
  readonly transceivers: FakeTransceiver[] = [];
  /** Candidates of the peer that could be used, by the username fragment that they belong to. */
  readonly taken = new Map<string, Set<string>>();
  isClosed = false;
  /** What `getStats` gives. */
  stats = new Map<string, unknown>();
  /** Times that a path was sought anew. */
  restarts = 0;
  /** What a browser would have refused. */
  readonly refused: string[] = [];

  private static made = 0;
  private readonly name = `pc${(FakePeerConnection.made += 1)}`;
  private versions = 0;
  private fragment = '';
  private restarting = true;
  private needed = false;
  private current: { local?: FakeDescription; remote?: FakeDescription } = {};
  private pending: { local?: FakeDescription; remote?: FakeDescription } = {};
  private readonly found: string[] = [];

  get localDescription(): { type: RTCSdpType; sdp: string } | null {
    const description = this.pending.local ?? this.current.local;
    if (description === undefined) return null;
    const candidates = this.found.filter((each) => each.includes(` ${description.fragment} `));
    return { type: description.type, sdp: [description.sdp, ...candidates.map((each) => `a=${each}`)].join('\r\n') };
  }

  get remoteDescription(): { type: RTCSdpType; sdp: string } | null {
    return this.pending.remote ?? this.current.remote ?? null;
  }

  /** Which of this and of the other side's descriptions are in force, without candidates. */
  get agreed(): { readonly local: string | undefined; readonly remote: string | undefined } {
    return { local: this.current.local?.sdp, remote: this.current.remote?.sdp };
  }

  addTransceiver(kind: string): FakeTransceiver {
    const transceiver = new FakeTransceiver(kind, null);
    this.transceivers.push(transceiver);
    this.need();
    return transceiver;
  }

  getTransceivers(): readonly FakeTransceiver[] {
    return this.transceivers;
  }

  getStats(): Promise<Map<string, unknown>> {
    return Promise.resolve(this.stats);
  }

  setConfiguration(configuration: RTCConfiguration): void {
    this.configuration = configuration;
  }

  restartIce(): void {
    this.restarting = true;
    this.restarts += 1;
    this.need();
  }

  /** As an application does that adds something. */
  need(): void {
    this.needed = true;
    this.askIfNeeded();
  }

  async setLocalDescription(): Promise<void> {
    await this.turn();
    const answering = this.signalingState === 'have-remote-offer';
    if (!answering && this.signalingState !== 'stable') throw this.invalid('setLocalDescription');
    const restartAsked =
      this.restarting || (answering && this.pending.remote?.fragment !== this.current.remote?.fragment);
    const fragment = restartAsked || this.fragment === '' ? `${this.name}f${(this.versions += 1)}` : this.fragment;
    if (!answering) {
      this.nameTransceivers();
      this.pending.local = this.describe('offer', fragment);
      this.signalingState = 'have-local-offer';
    } else {
      this.current = {
        local: this.describe('answer', fragment, this.pending.remote?.sdp),
        remote: this.pending.remote,
      };
      this.settle();
    }
    this.gather(fragment);
  }

  async setRemoteDescription(given: { type: string; sdp: string }): Promise<void> {
    await this.turn();
    const description = readDescription(given);
    for (const line of given.sdp.split('\r\n')) {
      if (line.startsWith('a=candidate:')) this.take(description.fragment, line.slice('a='.length));
    }
    if (given.type === 'offer') {
      // An own offer is taken back (implicit rollback).
      delete this.pending.local;
      this.pending.remote = description;
      this.signalingState = 'have-remote-offer';
      for (const [mid, kind] of description.media) {
        if (this.transceivers.some((each) => each.mid === mid)) continue;
        this.transceivers.push(new FakeTransceiver(kind, mid));
      }
      return;
    }
    if (this.signalingState !== 'have-local-offer') throw this.invalid(`setRemoteDescription(${given.type})`);
    if (description.answers !== this.pending.local?.sdp.split('\r\n')[0]) {
      throw this.refuse('an answer to another offer');
    }
    this.current = { local: this.pending.local, remote: description };
    this.settle();
  }

  async addIceCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    await this.turn();
    const { remoteDescription } = this;
    if (remoteDescription === null) throw this.invalid('addIceCandidate');
    const fragment = candidate.usernameFragment ?? '';
    if (readDescription(remoteDescription).fragment !== fragment)
      throw this.refuse('a candidate of another description');
    this.take(fragment, candidate.candidate ?? '');
  }

  close(): void {
    this.isClosed = true;
    this.signalingState = 'closed';
    this.connectionState = 'closed';
  }

  /** Tells of another state, as the network would. */
  become(state: RTCPeerConnectionState): void {
    if (this.connectionState === state || this.isClosed) return;
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }

  private settle(): void {
    this.pending = {};
    this.signalingState = 'stable';
    const { local } = this.current;
    if (local !== undefined && local.fragment !== this.fragment) {
      this.fragment = local.fragment;
      this.restarting = false;
    }
    // Every offer and answer carries all there is, so nothing more is needed unless ICE is to restart again.
    this.needed = this.restarting || this.transceivers.some(({ mid }) => mid === null);
    this.askIfNeeded();
  }

  private askIfNeeded(): void {
    queueMicrotask(() => {
      if (!this.needed || this.signalingState !== 'stable') return;
      this.needed = false;
      this.onnegotiationneeded?.();
    });
  }

  private describe(type: 'offer' | 'answer', fragment: string, answered?: string): FakeDescription {
    const head = `o=${this.name} ${(this.versions += 1)}`;
    const media = this.transceivers.flatMap(({ mid, kind }) => (mid === null ? [] : [[mid, kind] as const]));
    const answers = answered?.split('\r\n')[0];
    const lines = [
      head,
      `a=ice-ufrag:${fragment}`,
      ...media.map(([mid, kind]) => `m=${kind} ${mid}`),
      ...(answers === undefined ? [] : [`x=${answers}`]),
    ];
    return { type, sdp: lines.join('\r\n'), fragment, media, answers };
  }

  private nameTransceivers(): void {
    for (const transceiver of this.transceivers) {
      transceiver.mid ??= `${this.transceivers.indexOf(transceiver)}`;
    }
  }

  private gather(fragment: string): void {
    for (const port of [1, 2]) {
      const candidate = `candidate:${this.name} ${fragment} ${port}`;
      if (this.found.includes(candidate)) continue;
      this.found.push(candidate);
      const init = { candidate, sdpMid: '0', sdpMLineIndex: 0, usernameFragment: fragment };
      queueMicrotask(() => this.onicecandidate?.({ candidate: { toJSON: () => init } }));
    }
    queueMicrotask(() => this.onicecandidate?.({ candidate: null }));
  }

  private take(fragment: string, candidate: string): void {
    const taken = this.taken.get(fragment) ?? new Set();
    this.taken.set(fragment, taken.add(candidate));
  }

  /** Browsers do each of these later, one after the other, and not on a closed connection. */
  private async turn(): Promise<void> {
    await Promise.resolve();
    if (this.isClosed) throw new Error('InvalidStateError: closed');
  }

  private invalid(what: string): Error {
    return this.refuse(`${what} in ${this.signalingState}`);
  }

  private refuse(what: string): Error {
    this.refused.push(what);
    return new Error(`${this.name} refuses ${what}`);
  }
}

interface FakeDescription {
  readonly type: RTCSdpType;
  readonly sdp: string;
  readonly fragment: string;
  readonly media: readonly (readonly [mid: string, kind: string])[];
  /** The first line of the offer that it answers. */
  readonly answers: string | undefined;
}

function readDescription({ type, sdp }: { type: string; sdp: string }): FakeDescription {
  const lines = sdp.split('\r\n');
  const after = (start: string): string[] =>
    lines.filter((line) => line.startsWith(start)).map((line) => line.slice(start.length));
  return {
    type: type as RTCSdpType,
    sdp: lines.filter((line) => !line.startsWith('a=candidate:')).join('\r\n'),
    fragment: after('a=ice-ufrag:')[0] ?? '',
    media: after('m=').map((line) => {
      const [kind = '', mid = ''] = line.split(' ');
      return [mid, kind] as const;
    }),
    answers: after('x=')[0],
  };
}

export class FakeTransceiver {
  direction: RTCRtpTransceiverDirection = 'recvonly';
  readonly sender = new FakeSender();
  readonly receiver: { track: { kind: string }; getSynchronizationSources(): [] };

  constructor(
    readonly kind: string,
    public mid: string | null,
  ) {
    this.receiver = { track: { kind }, getSynchronizationSources: () => [] };
  }
}

export class FakeSender {
  track: unknown = null;
  isGrouped = false;

  replaceTrack(track: unknown): Promise<void> {
    this.track = track;
    return Promise.resolve();
  }

  setStreams(): void {
    this.isGrouped = true;
  }

  encodings: Partial<RTCRtpEncodingParameters>[] = [{}];

  getParameters(): { encodings: Partial<RTCRtpEncodingParameters>[] } {
    return { encodings: structuredClone(this.encodings) };
  }

  setParameters({ encodings }: { encodings: Partial<RTCRtpEncodingParameters>[] }): Promise<void> {
    this.encodings = encodings;
    return Promise.resolve();
  }
}
