import { ProtocolError, type Channel, type ChannelState, type SocketClient } from '@parley/client';
import { allowedPayload, type Allowed } from '@parley/protocol';
import { auditTime, concat, filter, map, merge, of, skip, switchMap, type Observable, withLatestFrom } from 'rxjs';
import type { TextPayloads } from '../text/text-topic';

/** Milliseconds in which those who leave together count as one change, so that the end of a meeting is one question. */
const LEAVING_MS = 1_000;

/** What the server said last of the reader's rights in a topic (S6); undefined when this connection was told nothing. */
export function lastAllowance(
  client: SocketClient,
  { topic, state }: Channel<TextPayloads>,
): Observable<Allowed | undefined> {
  return joins(state).pipe(switchMap(() => concat(of(undefined), allowances(client, topic))));
}

/**
 * Emits whenever the exchange, as it was read over HTTP, may no longer be so: the right to write came or went, the
 * connection was away and may have missed that, a message was forbidden, or somebody left, perhaps for good.
 */
export function exchangeNews(client: SocketClient, channel: Channel<TextPayloads>): Observable<unknown> {
  const forbidden = client.errors$.pipe(
    filter((error) => error instanceof ProtocolError),
    // With a time to come back, it was the server that could not find out (S5).
    filter(
      ({ code, topic, retryAfter }) => code === 'forbidden' && topic === channel.topic && retryAfter === undefined,
    ),
    // Being refused the topic itself is for `state` to say.
    withLatestFrom(channel.state),
    filter(([, state]) => state === 'joined'),
  );
  return merge(
    allowances(client, channel.topic),
    joins(channel.state).pipe(skip(1)),
    forbidden,
    channel.unsubscriber.pipe(auditTime(LEAVING_MS)),
  );
}

function allowances(client: SocketClient, topic: string): Observable<Allowed> {
  return client.subscribe(topic).pipe(
    filter(({ type }) => type === 'allowance'),
    map(({ payload }) => allowedPayload.safeParse(payload).data),
    filter((allowed) => allowed !== undefined),
  );
}

function joins(state: Observable<ChannelState>): Observable<ChannelState> {
  return state.pipe(filter((now) => now === 'joined'));
}
