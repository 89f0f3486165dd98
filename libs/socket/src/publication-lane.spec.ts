import fc from 'fast-check';
import { Announced } from './announced';
import type { BrokerMessage } from './broker';
import type { Connection } from './connection';
import { LocalBroker } from './local-broker';
import { PublicationLane } from './publication-lane';
import { StoreBatcher } from './store-batcher';
import { MemoryMessageLog, contractLimits } from './testing';

describe('PublicationLane', () => {
  it('[P2] [P6] delivers in the order of arrival, gapless, however long storing takes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ store: fc.boolean(), pause: fc.integer({ min: 0, max: 3 }) }), {
          minLength: 1,
          maxLength: 40,
        }),
        fc.scheduler(),
        async (steps, scheduler) => {
          const log = new MemoryMessageLog();
          const append = log.append.bind(log);
          log.append = async (batch) => {
            await scheduler.schedule(Promise.resolve(), 'commit');
            return append(batch);
          };
          const delivered: { payload: unknown; offset: number | undefined; committed: boolean }[] = [];
          const broker = await new LocalBroker({ limits: contractLimits }).open(
            'room/text:1',
            ({ payload, seq, store }, offset) => {
              const committed =
                !store || log.messages.some((stored) => stored.payload === payload && stored.seq === seq);
              delivered.push({ payload, offset, committed });
              return '';
            },
          );
          const lane = new PublicationLane('room/text:1', broker, new StoreBatcher(log), new Announced(0));
          const connection = { tell: () => undefined, refuse: () => undefined } as unknown as Connection;
          for (const [number, { store, pause }] of steps.entries()) {
            const message: BrokerMessage = {
              type: 'note',
              sender: 'c',
              userId: 'u',
              store,
              timestamp: new Date(0).toISOString(),
              payload: number,
            };
            if (store) lane.store(connection, message);
            else lane.publish(connection, message);
            for (let turn = 0; turn < pause; turn += 1) await new Promise((resolve) => setImmediate(resolve));
            if (pause > 1 && scheduler.count() > 0) await scheduler.waitNext(1);
          }
          while (!lane.idle) {
            if (scheduler.count() > 0) await scheduler.waitNext(1);
            await new Promise((resolve) => setImmediate(resolve));
          }
          expect(delivered).toEqual(
            steps.map((_, number) => ({ payload: number, offset: number + 1, committed: true })),
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});
