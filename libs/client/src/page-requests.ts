import type { MessagePage, ProtocolErrorPayload } from '@parley/protocol';
import { deferred, type Deferred } from './deferred';
import { DisconnectedError, ProtocolError, isForNow } from './errors';
import { newMessageId } from './message-id';
import type { Later } from './outbox';
import type { Pace } from './pace';

export interface PageSpan {
  /** A `seq`; the page ends below it. */
  readonly before?: number;
  readonly limit?: number;
}

interface Request extends Deferred<MessagePage> {
  readonly id: string;
  readonly span: PageSpan;
  readonly once: boolean;
  sent: boolean;
  /** How often the server failed at it on this connection. */
  failures: number;
  cancelRetry: () => void;
}

/** How often a page is asked for again that the server could not give for now; that takes four seconds, on average. */
const RETRIES = 3;

/** The `load-messages` of one topic that wait for their answer (H1). */
export class PageRequests {
  readonly #topic: string;
  readonly #send: (text: string) => void;
  readonly #pace: Pace;
  readonly #later: Later;
  #requests: Request[] = [];

  constructor(topic: string, send: (text: string) => void, pace: Pace, later: Later) {
    this.#topic = topic;
    this.#send = send;
    this.#pace = pace;
    this.#later = later;
  }

  get isEmpty(): boolean {
    return this.#requests.length === 0;
  }

  /** @param once fail with the connection, instead of asking again on the next one */
  add(span: PageSpan, once: boolean): Promise<MessagePage> {
    const id = newMessageId();
    const request = {
      ...deferred<MessagePage>(),
      id,
      span,
      once,
      sent: false,
      failures: 0,
      cancelRetry: () => undefined,
    };
    this.#requests.push(request);
    return request.promise;
  }

  /** Sends what may be sent now. Call while the topic is joined only. */
  flush(): void {
    for (const request of this.#requests) {
      if (request.sent) continue;
      if (!this.#pace.take()) return;
      request.sent = true;
      const { id, span } = request;
      this.#send(JSON.stringify({ action: 'load-messages', topic: this.#topic, id, payload: span }));
    }
  }

  /** @param id of the answer, which is that of the question (F1) */
  answer(id: string | undefined, page: MessagePage): void {
    this.#remove(id)?.resolve(page);
  }

  /** @returns whether this was one of its requests */
  refuse(id: string, error: ProtocolErrorPayload): boolean {
    const request = this.#requests.find((each) => each.id === id);
    if (request === undefined) return false;
    if (error.code === 'rate-limited') {
      request.sent = false;
      this.#pace.limited(error.retryAfter);
    } else if (!request.once && (error.code === 'internal' || isForNow(error)) && request.failures < RETRIES) {
      request.failures += 1;
      const flush = () => {
        request.sent = false;
        this.flush();
      };
      request.cancelRetry = this.#later(request.failures, flush, error.retryAfter);
    } else {
      this.#remove(id)?.reject(new ProtocolError(error, this.#topic));
    }
    return true;
  }

  /** The connection is gone. */
  rewind(): void {
    for (const request of this.#requests) {
      request.cancelRetry();
      request.failures = 0;
    }
    const lost = this.#requests.filter((request) => request.once);
    this.#requests = this.#requests.filter((request) => !request.once);
    for (const request of this.#requests) request.sent = false;
    for (const request of lost) request.reject(new DisconnectedError());
  }

  rejectAll(error: Error): void {
    const all = this.#requests;
    this.#requests = [];
    for (const request of all) {
      request.cancelRetry();
      request.reject(error);
    }
  }

  #remove(id: string | undefined): Request | undefined {
    const request = this.#requests.find((each) => each.id === id);
    this.#requests = this.#requests.filter((each) => each !== request);
    return request;
  }
}
