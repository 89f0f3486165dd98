import fc from 'fast-check';
import { LEAST_PAYLOAD_BYTES, Stamper, stampOf } from './stamps';

describe('Stamper', () => {
  it('makes JSON of the length that was asked for, and its number is found in whatever is around it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: LEAST_PAYLOAD_BYTES, max: 5_000 }),
        fc.integer({ min: 0, max: 9_999_999_999 }),
        (bytes, number) => {
          const payload = new Stamper(bytes).payload(number);
          expect(Buffer.byteLength(payload)).toBe(bytes);
          expect(() => JSON.parse(payload) as unknown).not.toThrow();
          expect(stampOf(Buffer.from(`{"type":"flood","topic":"日本語","payload":${payload}}`))).toBe(number);
        },
      ),
    );
  });

  it('finds none where none is', () => {
    expect(stampOf(Buffer.from('{"type":"ping"}'))).toBe(-1);
    expect(stampOf(Buffer.from('{"at":"#12"}'))).toBe(-1);
    expect(() => new Stamper(LEAST_PAYLOAD_BYTES - 1)).toThrow(RangeError);
  });
});
