import fc from 'fast-check';
import { ackText } from './ack-text';

const number = fc.option(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), { nil: undefined });
const text = fc.string({ unit: 'binary' });

describe('an ack', () => {
  it('[P3] is what JSON.stringify makes of it', () => {
    fc.assert(
      fc.property(text, text, number, number, (topic, id, offset, seq) => {
        const timestamp = new Date(0).toISOString();
        const written = ackText(JSON.stringify(topic), { id, timestamp, offset, seq });
        const { timestamp: now } = JSON.parse(written) as { timestamp: string };
        expect(Math.abs(Date.now() - Date.parse(now))).toBeLessThan(60_000);
        const payload = { id, timestamp, offset, seq };
        expect(written).toBe(
          JSON.stringify({ type: 'ack', topic, id, sender: null, store: false, timestamp: now, payload }),
        );
      }),
    );
  });
});
