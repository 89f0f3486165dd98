import type { Writable } from 'node:stream';
import * as ws from 'ws';
import { textFrame } from './text-frame';

// ws exports its frame reader; its types do not.
const { Receiver } = ws as unknown as { readonly Receiver: new (options: { isServer: boolean }) => Writable };

function read(frame: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const receiver = new Receiver({ isServer: false });
    receiver.on('message', (data: Buffer, isBinary: boolean) => {
      if (isBinary) reject(new Error('binary'));
      else resolve(data.toString('utf8'));
    });
    receiver.on('error', reject);
    receiver.write(frame);
  });
}

describe('textFrame', () => {
  // The lengths at which RFC 6455 §5.2 changes the header.
  it.each([0, 1, 125, 126, 127, 65_535, 65_536, 70_000])(
    'frames %d bytes as a WebSocket reads them',
    async (length) => {
      const text = 'x'.repeat(length);
      expect(await read(textFrame(text))).toBe(text);
    },
  );

  it('counts bytes, not characters', async () => {
    const text = 'café 👩‍👩‍👧 日本語'.repeat(10);
    expect(await read(textFrame(text))).toBe(text);
  });
});
