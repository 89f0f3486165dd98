import { ProtocolError, type Channel } from '@parley/client';
import { auditTime, distinctUntilChanged, filter, merge, skip, type Observable, withLatestFrom } from 'rxjs';
import type { TextPayloads } from '../text/text-topic';

/** Milliseconds in which those who leave together count as one change, so that the end of a meeting is one question. */
const LEAVING_MS = 1_000;

/**
 * Emits whenever the exchange, as it was read over HTTP, may no longer be so: the right to write came or went (S6), the
 * connection was away and may have missed that, a message was forbidden, or somebody left, perhaps for good.
 *
 * @param errors everything that went wrong on the connection
 */
export function exchangeNews(channel: Channel<TextPayloads>, errors: Observable<Error>): Observable<unknown> {
  const forbidden = errors.pipe(
    filter((error) => error instanceof ProtocolError),
    // With a time to come back, it was the server that could not find out (S5).
    filter(
      ({ code, topic, retryAfter }) => code === 'forbidden' && topic === channel.topic && retryAfter === undefined,
    ),
    // Being refused the topic itself is for `state` to say.
    withLatestFrom(channel.state),
    filter(([, state]) => state === 'joined'),
  );
  const allowed = channel.allowed.pipe(distinctUntilChanged(), skip(1));
  const rejoined = channel.state.pipe(
    filter((state) => state === 'joined'),
    skip(1),
  );
  return merge(allowed, rejoined, forbidden, channel.unsubscriber.pipe(auditTime(LEAVING_MS)));
}
