import { bombPdf, encryptedPdf, samplePdf, samplePng, writtenBombPdf } from '@parley/persistence/testing';
import { mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildThreadProgram } from '../testing/thread-program';
import { FileInspector, type FileInspectorOptions } from './file-inspector';
import { TemporaryFile } from './temporary-file';

describe('looking at files in a thread', () => {
  let folder: string;
  let program: string;
  const wanted = new AbortController().signal;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'parley-files-'));
    program = await buildThreadProgram('files/inspect/inspect-program.ts', folder);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function broken(source: string): string {
    const path = join(folder, `broken-${readdirSync(folder).length}.mjs`);
    writeFileSync(path, source);
    return path;
  }

  async function inspect(content: Buffer, options: Partial<FileInspectorOptions> = {}, signal = wanted) {
    const file = await TemporaryFile.make();
    try {
      for (let at = 0; at < content.length; at += 100_000) await file.append(content.subarray(at, at + 100_000));
      return await new FileInspector({ program, ...options }).inspect(file, 'ann', signal);
    } finally {
      await file.close();
    }
  }

  it('says what they are', async () => {
    expect(await inspect(samplePng(640, 480, 300_000))).toMatchObject({ type: 'image/png', width: 640, height: 480 });
    expect(await inspect(await samplePdf(20))).toMatchObject({ type: 'application/pdf', pages: 20 });
  });

  it('says why one is refused, in words for people', async () => {
    await expect(inspect(Buffer.from('<!doctype html>'))).rejects.toMatchObject({
      name: 'RefusedFile',
      code: 'unknown-type',
      message: expect.stringContaining('PDF, PNG, JPEG or WebP') as string,
    });
    await expect(inspect(Buffer.alloc(0))).rejects.toMatchObject({ code: 'unknown-type' });
    await expect(inspect(await encryptedPdf())).rejects.toMatchObject({ code: 'pdf-encrypted' });
    await expect(inspect(await bombPdf())).rejects.toMatchObject({ code: 'pdf-too-much-inside' });
  });

  it('refuses a bomb that is found only while it goes off', async () => {
    const bomb = await writtenBombPdf(1_000);
    expect(bomb.length).toBeLessThan(4_000_000);
    const limitBytes = 100 * 1024 * 1024;
    await expect(inspect(bomb, { limitBytes })).rejects.toMatchObject({ code: 'takes-too-much' });
  });

  it.each([
    ['never ends', 200, 'for (;;);'],
    ['fills its memory', 10_000, 'const all = []; for (;;) all.push(new Array(100_000).fill(all.length + 0.5));'],
  ])('refuses a file over which the thread %s', async (_how, limitMs, source) => {
    await expect(inspect(samplePng(1, 1), { program: broken(source), limitMs })).rejects.toMatchObject({
      code: 'takes-too-much',
    });
  });

  it.each([
    ['fails', 'throw new Error("no");', 'no'],
    ['ends', 'process.exit();', 'without an answer'],
  ])('does not blame the file when the thread %s', async (_how, source, message) => {
    await expect(inspect(samplePng(1, 1), { program: broken(source) })).rejects.toThrow(message);
  });

  it('ends when nobody waits for it any more, and with the server', async () => {
    const gone = new AbortController();
    const endless = inspect(samplePng(1, 1), { program: broken('for (;;);') }, gone.signal);
    gone.abort(new Error('gone'));
    await expect(endless).rejects.toThrow('gone');
    const inspector = new FileInspector({ program: broken('for (;;);') });
    const file = await TemporaryFile.make();
    const all = [1, 2, 3, 4].map(() => inspector.inspect(file, 'ann', wanted));
    inspector.stop();
    const outcomes = await Promise.allSettled(all);
    await file.close();
    expect(outcomes.map((each) => each.status === 'rejected' && String(each.reason))).toEqual(
      outcomes.map(() => 'Error: The server stops.'),
    );
  });

  it('looks at all of them, however many come at once', async () => {
    const inspector = new FileInspector({ program });
    const file = await TemporaryFile.make();
    await file.append(samplePng(3, 4));
    const found = await Promise.all([1, 2, 3, 4, 5].map(() => inspector.inspect(file, 'ann', wanted)));
    await file.close();
    expect(found.map(({ width, height }) => [width, height])).toEqual(found.map(() => [3, 4]));
  });

  it('looks at one file of a user at a time, and at those of others meanwhile', async () => {
    const answer = JSON.stringify({ file: { type: 'image/png', pages: 1, width: 1, height: 1 } });
    const source = `import { parentPort, workerData } from 'node:worker_threads';
      while (workerData.bytes > 1);
      parentPort.postMessage(${answer});`;
    const inspector = new FileInspector({ program: broken(source), atOnce: 2 });
    const gone = new AbortController();
    const hers = inspector.inspect({ descriptor: 0, bytes: 2 }, 'ann', gone.signal);
    let isNextDone = false;
    const next = inspector.inspect({ descriptor: 0, bytes: 1 }, 'ann', wanted).then(() => (isNextDone = true));
    await inspector.inspect({ descriptor: 0, bytes: 1 }, 'ben', wanted);
    expect(isNextDone).toBe(false);
    gone.abort(new Error('gone'));
    await expect(hers).rejects.toThrow('gone');
    expect(await next).toBe(true);
  });

  it('leaves no file behind', () => {
    const open = readdirSync('/proc/self/fd').flatMap((each) => {
      try {
        return [readlinkSync(`/proc/self/fd/${each}`)];
      } catch {
        // The one with which they were listed.
        return [];
      }
    });
    expect(open.length).toBeGreaterThan(2);
    expect([...open, ...readdirSync(tmpdir())].filter((each) => each.includes('parley-upload-'))).toEqual([]);
  });
});
