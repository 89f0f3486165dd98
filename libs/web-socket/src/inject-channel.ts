import { assertInInjectionContext, computed, DestroyRef, inject, type Signal } from '@angular/core';
import { takeUntilDestroyed, toObservable, toSignal } from '@angular/core/rxjs-interop';
import type { ActionMap, Channel, ChannelState, OutgoingMessage } from '@parley/client';
import type { Allowed, Participant } from '@parley/protocol';
import { startWith, switchMap, type Observable } from 'rxjs';
import { ParleySocket } from './parley-socket';

/** A topic for a component: what it is like now as signals, what happens in it as streams that end by themselves. */
export interface InjectedChannel<M> extends Pick<Channel<M>, 'messages' | 'subscriber' | 'unsubscriber'> {
  /** The channel of the present topic, to send with: `chat.channel().storeMessage(…)`. */
  readonly channel: Signal<Channel<M>>;
  readonly state: Signal<ChannelState>;
  /** Empty until the server has said who is here. */
  readonly userList: Signal<readonly Participant[]>;
  /** One's own stored messages that are on their way, or failed. */
  readonly outgoing: Signal<readonly OutgoingMessage<M>[]>;
  /** What one may do here, as far as the server said so; everything until then. */
  readonly allowed: Signal<Allowed>;
}

/**
 * Joins a topic for as long as the current injector lives (a component, a route, a service): nothing to unsubscribe.
 * When the topic changes, the old one is left and everything goes on with the new one.
 *
 * @param topic read as a signal, first when the component's inputs are there
 * @example readonly chat = injectChannel<TextActions>(() => formatTopic('exchange', 'text', this.id()));
 */
export function injectChannel<M extends ActionMap<M>>(topic: () => string): InjectedChannel<M> {
  assertInInjectionContext(injectChannel);
  const socket = inject(ParleySocket);
  const destroyed = inject(DestroyRef);
  const name = computed(topic);
  const channel = computed(() => socket.channel<M>(name()));
  const channels = toObservable(channel);

  function stream<T>(of: (channel: Channel<M>) => Observable<T>): Observable<T> {
    return channels.pipe(switchMap(of), takeUntilDestroyed(destroyed));
  }
  const state = stream((each) => each.state);
  // Emptied first, lest the people of one topic show in the next.
  const userList = stream((each) => each.userList.pipe(startWith([])));

  return {
    channel,
    state: toSignal(state, { initialValue: 'idle' }),
    outgoing: toSignal(
      stream((each) => each.outgoing),
      { initialValue: [] },
    ),
    allowed: toSignal(
      stream((each) => each.allowed),
      { initialValue: { publish: true, store: true } },
    ),
    userList: toSignal(userList, { initialValue: [] }),
    messages: stream((each) => each.messages),
    subscriber: stream((each) => each.subscriber),
    unsubscriber: stream((each) => each.unsubscriber),
  };
}
