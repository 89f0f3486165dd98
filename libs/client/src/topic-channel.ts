import {
  isCustomAction,
  type Ack,
  type Allowed,
  type Json,
  type Participant,
  type ServerFrame,
} from '@parley/protocol';
import { filter, map, type Observable } from 'rxjs';
import type { ActionOf, OutgoingMessage, TopicMessage, TopicPage } from './action-map';
import type { Channel, ChannelState, SendOptions, StoreOptions, VolatileOptions } from './channel';
import { unobserved } from './deferred';
import type { PageSpan } from './page-requests';
import type { TopicSession } from './topic-session';
import type { Transmit } from './transmit';

/** A {@link Channel} over one topic's session; any number of them may share it. */
export class TopicChannel<M> implements Channel<M> {
  readonly topic: string;
  readonly state: Observable<ChannelState>;
  readonly messages: Observable<TopicMessage<M>>;
  readonly userList: Observable<readonly Participant[]>;
  readonly subscriber: Observable<Participant>;
  readonly unsubscriber: Observable<Participant>;
  readonly outgoing: Observable<readonly OutgoingMessage<M>[]>;
  readonly allowed: Observable<Allowed>;
  readonly #session: TopicSession;
  readonly #transmit: Transmit;

  constructor(session: TopicSession, transmit: Transmit) {
    const { presence } = session;
    this.#session = session;
    this.#transmit = transmit;
    this.topic = session.topic;
    this.state = session.state.asObservable();
    this.messages = session.observe(
      session.frames.pipe(
        filter(({ type }) => isCustomAction(type)),
        map((frame) => messageOf<M>(frame)),
      ),
    );
    // As the map says, like what is heard: an earlier page of the same program gave it.
    this.outgoing = session.outgoing as unknown as Observable<readonly OutgoingMessage<M>[]>;
    this.allowed = session.allowed.asObservable();
    this.userList = session.observe(presence.list);
    this.subscriber = session.observe(presence.came);
    this.unsubscriber = session.observe(presence.left);
  }

  storeMessage<A extends ActionOf<M>>(action: A, payload: M[A], options?: StoreOptions): Promise<Ack> {
    return this.#transmit(true, action, this.topic, asJson(payload), options);
  }

  sendMessage<A extends ActionOf<M>>(action: A, payload: M[A], options?: SendOptions): Promise<Ack>;
  sendMessage<A extends ActionOf<M>>(action: A, payload: M[A], options: VolatileOptions): void;
  sendMessage<A extends ActionOf<M>>(
    action: A,
    payload: M[A],
    options?: SendOptions | VolatileOptions,
  ): Promise<Ack> | undefined {
    const json = asJson(payload);
    if (options?.volatile !== true) return this.#transmit(false, action, this.topic, json, options);
    this.#transmit(false, action, this.topic, json, options);
    return undefined;
  }

  discard(id: string): boolean {
    return this.#session.discard(id);
  }

  loadMessages(span: PageSpan = {}): Promise<TopicPage<M>> {
    return unobserved(
      this.#session
        .load(span)
        .then(({ messages, more }) => ({ messages: messages.map((each) => messageOf<M>(each)), more })),
    );
  }
}

function messageOf<M>({ type, topic: _topic, ...rest }: ServerFrame): TopicMessage<M> {
  // The map says what the topic's clients send each other; nobody checks it on the way, as the type's docstring warns.
  return { action: type, ...rest } as unknown as TopicMessage<M>;
}

/** Every payload of an action map is JSON: `SocketClient.channel` demands it of the map. */
function asJson(payload: unknown): Json {
  return payload as Json;
}
