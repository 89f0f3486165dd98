import { FILE_BYTES_MAX } from '@parley/protocol';
import { atPace, LONGEST_UPLOAD_MS } from './upload-pace';

const KIB = 1024;

describe('[A8] the pace of an upload', () => {
  beforeEach(() => jest.useFakeTimers());

  afterEach(() => jest.useRealTimers());

  /** So many bytes every so many milliseconds, until there are enough. */
  async function* steadily(bytes: number, everyMs: number, most = Number.POSITIVE_INFINITY): AsyncIterable<Buffer> {
    for (let sent = 0; sent < most; sent += bytes) {
      await new Promise((resolve) => setTimeout(resolve, everyMs));
      yield Buffer.alloc(bytes);
    }
  }

  /** What came until it was over, and how. */
  async function take(parts: AsyncIterable<Buffer>, forMs: number): Promise<{ bytes: number; outcome: unknown }> {
    const taken = { bytes: 0, outcome: 'under way' as unknown };
    const all = (async () => {
      for await (const part of atPace(parts)) taken.bytes += part.length;
      return 'whole';
    })();
    all.then(
      (outcome) => (taken.outcome = outcome),
      (error: unknown) => (taken.outcome = (error as { code: unknown }).code),
    );
    await jest.advanceTimersByTimeAsync(forMs);
    return taken;
  }

  it('is its own: 25 MB at 85 KB/s come whole, and the server cuts none that may still come', async () => {
    const slow = steadily(85_000, 1_000, FILE_BYTES_MAX);
    expect(await take(slow, 320_000)).toMatchObject({ outcome: 'whole' });
    const slowest = steadily(16 * KIB, 1_000, FILE_BYTES_MAX);
    expect(await take(slowest, LONGEST_UPLOAD_MS)).toEqual({ bytes: FILE_BYTES_MAX, outcome: 'whole' });
  });

  it('may not come to a halt for 15 s', async () => {
    expect(await take(steadily(KIB, 15_001), 14_999)).toEqual({ bytes: 0, outcome: 'under way' });
    expect(await take(steadily(KIB, 15_001), 15_000)).toEqual({ bytes: 0, outcome: 'upload-broken-off' });
    expect(await take(steadily(1024 * KIB, 15_001), 15_000)).toMatchObject({ outcome: 'upload-broken-off' });
    expect(await take(steadily(1024 * KIB, 14_999), 300_000)).toMatchObject({ outcome: 'under way' });
  });

  it('is 16 KiB/s at least, once 30 s are over', async () => {
    expect(await take(steadily(1, 1_000), 29_900)).toEqual({ bytes: 29, outcome: 'under way' });
    expect(await take(steadily(1, 1_000), 30_500)).toEqual({ bytes: 30, outcome: 'upload-broken-off' });
    // What came fast is a credit, for as long as it lasts.
    const half = steadily(8 * KIB, 1_000);
    expect(await take(half, 59_000)).toMatchObject({ outcome: 'under way' });
    expect(await take(steadily(8 * KIB, 1_000), 61_000)).toMatchObject({ outcome: 'upload-broken-off' });
  });

  it('lets go of what comes when nobody takes it any more', async () => {
    let isOver = false;
    async function* endless(): AsyncIterable<Buffer> {
      try {
        for (;;) yield await Promise.resolve(Buffer.alloc(1));
      } finally {
        isOver = true;
      }
    }
    for await (const part of atPace(endless())) if (part.length === 1) break;
    expect([isOver, jest.getTimerCount()]).toEqual([true, 0]);
  });

  it('says nothing else of what fails', async () => {
    async function* broken(): AsyncIterable<Buffer> {
      yield await Promise.resolve(Buffer.alloc(1));
      throw Object.assign(new Error('cut'), { code: 'ECONNRESET' });
    }
    expect(await take(broken(), 1)).toEqual({ bytes: 1, outcome: 'ECONNRESET' });
  });
});
