import type { Clock } from '@parley/client';
import { belongsTo, EarlyCandidates } from './early-candidates';
import { inBatches, toSignalCandidate, type SignalCandidate, type SignalDescription, type SignalPart } from './signal';

/** What of an `RTCPeerConnection` is needed to agree with the other side. */
export interface Negotiable extends Pick<
  RTCPeerConnection,
  'signalingState' | 'setLocalDescription' | 'addIceCandidate'
> {
  readonly localDescription: { readonly sdp: string } | null;
  readonly remoteDescription: { readonly sdp: string } | null;
  setRemoteDescription(description: { readonly type: 'offer' | 'answer'; readonly sdp: string }): Promise<void>;
}

/** What is said, without the generations. */
export type NegotiationPart = Omit<SignalPart, 'generation' | 'peerGeneration'>;

export interface NegotiationOptions {
  readonly connection: Negotiable;
  /** Of two sides that offer at the same time the polite one takes its offer back. Exactly one must be polite. */
  readonly polite: boolean;
  readonly send: (part: NegotiationPart) => void;
  /** What each media section is for, once they exist. */
  readonly roles: () => SignalPart['roles'];
  /** Between the peer's offer and the own answer: when own tracks are attached. */
  readonly beforeAnswer: (roles: SignalPart['roles']) => Promise<void> | void;
  /** What went wrong; the other side may only have been late. */
  readonly onError: (error: unknown) => void;
  readonly clock: Clock;
}

/** Milliseconds after which an offer that was not answered is sent again; twice as long each time, up to the last. */
const RESEND_MS = 1_500;
const LONGEST_RESEND_MS = 8_000;

/** Milliseconds between two repetitions, however often the other side asks for one. */
const AGAIN_MS = 500;

/** Of what is heard, what can wait for what came before. */
const WAITING = 64;

/** Own candidates that can be said again. */
const KEPT_CANDIDATES = 128;

/** Milliseconds over which candidates are gathered into one message. */
const CANDIDATES_MS = 40;

/**
 * Agrees with the other side on a connection, by perfect negotiation (W3C WebRTC, §10.7), and does so over a way on
 * which messages are lost, doubled, late or in another order: offers are numbered, an answer says which one it
 * answers, an offer without an answer is sent again, and what was answered before is answered with the same again.
 * One thing is done at a time, in the order in which it came.
 */
export class Negotiation {
  private readonly early = new EarlyCandidates();
  private found: SignalCandidate[] = [];
  private unsent: SignalCandidate[] = [];
  private stopFlush: (() => void) | undefined;
  private stopAgain: (() => void) | undefined;
  private wantsAgain = false;
  private stopResend: () => void = () => undefined;
  private last: Promise<void> = Promise.resolve();
  private waiting = 0;
  private isClosed = false;
  /** Offers made here so far. */
  private offers = 0;
  /** The own offer that waits for its answer. */
  private pending: number | undefined;
  /** The peer's offers up to this number are answered, or were given up by the peer. */
  private settled = 0;
  private answer: Extract<SignalDescription, { type: 'answer' }> | undefined;

  constructor(private readonly options: NegotiationOptions) {}

  /** Whether both sides have agreed at least once. */
  get agreed(): boolean {
    return this.options.connection.remoteDescription !== null;
  }

  /** For `negotiationneeded`: offers, now or when the present exchange is over (the browser then asks again). */
  needed(): void {
    this.enqueue(async () => {
      const { connection } = this.options;
      if (connection.signalingState !== 'stable') return;
      await connection.setLocalDescription();
      this.offers += 1;
      this.pending = this.offers;
      this.tell();
      this.scheduleResend(RESEND_MS);
    });
  }

  /** For `icecandidate`. */
  candidate(candidate: RTCIceCandidateInit): void {
    const found = toSignalCandidate(candidate);
    if (found === undefined || this.isClosed) return;
    this.found.push(found);
    if (this.found.length > KEPT_CANDIDATES) this.found.shift();
    this.unsent.push(found);
    this.stopFlush ??= this.options.clock.after(CANDIDATES_MS, () => this.flush());
  }

  hear({ description, roles, candidates }: NegotiationPart): void {
    // What is lost is said again; what waits without end would fill the memory.
    if (this.waiting >= WAITING) return;
    this.enqueue(async () => {
      if (description?.type === 'offer') await this.hearOffer(description, roles);
      else if (description?.type === 'answer') await this.hearAnswer(description);
      for (const each of candidates ?? []) await this.add(each);
    });
  }

  /** Says again where this side stands: what was said while the other side was away is lost. Twice a second at most. */
  repeat(): void {
    if (this.stopAgain !== undefined) {
      this.wantsAgain = true;
      return;
    }
    this.stopAgain = this.options.clock.after(AGAIN_MS, () => {
      this.stopAgain = undefined;
      if (!this.wantsAgain) return;
      this.wantsAgain = false;
      this.repeat();
    });
    this.say(() => {
      this.tell();
      this.tellCandidates();
    });
  }

  close(): void {
    this.isClosed = true;
    this.stopFlush?.();
    this.stopAgain?.();
    this.stopResend();
  }

  private async hearOffer(
    offer: Extract<SignalDescription, { type: 'offer' }>,
    roles: SignalPart['roles'],
  ): Promise<void> {
    const { connection, polite } = this.options;
    if (offer.number <= this.settled) {
      // Heard before: then the answer was lost, or is on its way.
      if (this.answer?.to === offer.number) this.repeat();
      return;
    }
    // Glare. The peer takes its offer back when ours arrives, and offers again if it still needs to.
    if (connection.signalingState === 'have-local-offer' && !polite) return;
    // Takes back an own offer, if there is one.
    await connection.setRemoteDescription({ type: 'offer', sdp: offer.sdp });
    this.pending = undefined;
    this.stopResend();
    await this.options.beforeAnswer(roles);
    await connection.setLocalDescription();
    const sdp = connection.localDescription?.sdp ?? '';
    this.settled = offer.number;
    this.answer = { type: 'answer', sdp, to: offer.number, settled: this.offers };
    this.tellAnswer(this.answer);
    await this.addEarly();
  }

  private async hearAnswer(answer: Extract<SignalDescription, { type: 'answer' }>): Promise<void> {
    const { connection } = this.options;
    // To an offer that was taken back, or answered before.
    if (answer.to !== this.pending || connection.signalingState !== 'have-local-offer') return;
    await connection.setRemoteDescription({ type: 'answer', sdp: answer.sdp });
    this.pending = undefined;
    this.stopResend();
    // Whoever answers has taken back what it offered before: such an offer may still be on its way.
    this.settled = Math.max(this.settled, answer.settled);
    // Whoever answers a later offer lacks no answer to an earlier one.
    this.answer = undefined;
    await this.addEarly();
  }

  private async add(candidate: SignalCandidate): Promise<void> {
    const { connection, onError } = this.options;
    const sdp = connection.remoteDescription?.sdp;
    if (sdp === undefined || !belongsTo(candidate.usernameFragment ?? '', sdp)) {
      this.early.keep(candidate);
      return;
    }
    // One that cannot be used is no reason to leave the others.
    await connection.addIceCandidate(candidate).catch(onError);
  }

  private async addEarly(): Promise<void> {
    const { connection } = this.options;
    for (const candidate of this.early.take(connection.remoteDescription?.sdp ?? '')) await this.add(candidate);
  }

  /** The descriptions that the other side may lack, with the candidates that were found since. */
  private tell(): void {
    const { connection, roles, send } = this.options;
    const sdp = connection.localDescription?.sdp;
    if (this.answer !== undefined) this.tellAnswer(this.answer);
    if (this.pending !== undefined && sdp !== undefined) {
      send({ description: { type: 'offer', sdp, number: this.pending }, roles: roles() });
    } else if (this.answer === undefined) send({});
  }

  private tellAnswer(answer: Extract<SignalDescription, { type: 'answer' }>): void {
    this.options.send({ description: answer, roles: this.options.roles() });
  }

  /** Those of the present descriptions; the ones before an ICE restart are of no use to anybody. */
  private tellCandidates(): void {
    const sdp = `${this.options.connection.localDescription?.sdp ?? ''}\n${this.answer?.sdp ?? ''}`;
    this.found = this.found.filter(({ usernameFragment }) => belongsTo(usernameFragment ?? '', sdp));
    for (const candidates of inBatches(this.found)) this.options.send({ candidates });
  }

  private flush(): void {
    this.stopFlush = undefined;
    const batches = inBatches(this.unsent);
    this.unsent = [];
    // Behind the description that they belong to.
    this.say(() => {
      for (const candidates of batches) this.options.send({ candidates });
    });
  }

  private scheduleResend(ms: number): void {
    this.stopResend();
    const number = this.pending;
    this.stopResend = this.options.clock.after(ms, () =>
      this.say(() => {
        if (this.pending !== number) return;
        this.tell();
        this.tellCandidates();
        this.scheduleResend(Math.min(ms * 2, LONGEST_RESEND_MS));
      }),
    );
  }

  private say(words: () => void): void {
    this.enqueue(() => {
      words();
      return Promise.resolve();
    });
  }

  private enqueue(work: () => Promise<void>): void {
    this.waiting += 1;
    this.last = this.last.then(async () => {
      this.waiting -= 1;
      if (!this.isClosed) await work().catch((error: unknown) => this.failed(error));
    });
  }

  private failed(error: unknown): void {
    // Closed while it was under way: the browser refuses, and there is nothing left to mend.
    if (!this.isClosed) this.options.onError(error);
  }
}
