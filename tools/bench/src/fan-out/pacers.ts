import type { Stamper } from '../load';
import type { Audience } from './audience';

/** Something that publishes until it is stopped. */
export interface Pacer {
  stop(): void;
}

/** Keeps a number of messages under way: one more goes out whenever all of the sample have one more. */
export function saturate(audience: Audience, topic: string, stamper: Stamper, window: number): Pacer {
  const publish = (messages: number): void => {
    for (let left = messages; left > 0; left -= 1) audience.publish(topic, stamper.payload(audience.count));
  };
  audience.onPace = publish;
  publish(window);
  return {
    stop: () => {
      audience.onPace = () => undefined;
    },
  };
}

/** So many a second, whatever arrives meanwhile. Who is late once is on time again with the next. */
export function keepPace(audience: Audience, topic: string, stamper: Stamper, perSecond: number): Pacer {
  const started = performance.now();
  let published = 0;
  let timer: NodeJS.Timeout;
  const next = (): void => {
    audience.publish(topic, stamper.payload(audience.count));
    published += 1;
    timer = setTimeout(next, Math.max(0, started + (published * 1_000) / perSecond - performance.now()));
  };
  timer = setTimeout(next, 0);
  return {
    stop: () => {
      clearTimeout(timer);
    },
  };
}
