import type { HttpPerson } from '@parley/harness';
import { World } from '@parley/harness/world';
import {
  bombPdf,
  encryptedPdf,
  sampleJpeg,
  samplePdf,
  samplePng,
  sampleWebp,
  writtenBombPdf,
} from '@parley/persistence/testing';
import {
  exchangeFile,
  exchangeFiles,
  FILE_BYTES_MAX,
  problem,
  type ExchangeFile,
  type FileType,
  type Problem,
} from '@parley/protocol';
import { mkdtemp, readdir, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

describe('[A8] the files of an exchange', () => {
  let world: World;
  let folder: string;
  let id: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-journey-'));
    world = await World.start({ TMPDIR: folder, UPLOADS_PER_USER: '2' });
  });

  beforeEach(async () => {
    ({ id } = await world.book(world.ann, [world.ben]));
  });

  afterEach(() => world.stillServes());

  afterAll(async () => {
    await world.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const files = (exchangeId = id): string => `/api/exchanges/${exchangeId}/files`;
  const named = (name: string, exchangeId = id): string => `${files(exchangeId)}?name=${encodeURIComponent(name)}`;

  async function add(name: string, content: Buffer, person = world.ben): Promise<ExchangeFile> {
    const { status, body } = await person.upload(named(name), Uint8Array.from(content));
    expect([status, body]).toEqual([201, expect.anything()]);
    return exchangeFile.parse(body);
  }

  async function refusal(name: string, content: Buffer, person = world.ben): Promise<Problem> {
    const { body, status } = await person.upload(named(name), Uint8Array.from(content));
    const found = problem.parse(body);
    expect(found.status).toBe(status);
    return found;
  }

  const list = async (person: HttpPerson, exchangeId = id): Promise<ExchangeFile[]> =>
    (await person.expect(exchangeFiles, 'GET', files(exchangeId))).files;

  /** What the server has of uploads that are not over: in its folder, or open without a name. */
  async function temporary(): Promise<string[]> {
    const descriptors = `/proc/${world.server.pid}/fd`;
    const open = await Promise.all(
      // One may be closed meanwhile.
      (await readdir(descriptors)).map((each) => readlink(join(descriptors, each)).catch(() => '')),
    );
    expect(open.length).toBeGreaterThan(3);
    return [...open.filter((each) => each.includes('parley-upload-')), ...(await readdir(folder))];
  }

  /** Neither in the list, nor in the tables, nor on the disk. */
  async function nothingIsLeft(exchangeId = id): Promise<void> {
    expect(await list(world.ann, exchangeId)).toEqual([]);
    const { rows } = await world.database.query(
      `SELECT (SELECT count(*)::int FROM exchange_files WHERE exchange_id = $1) AS files,
        (SELECT count(*)::int FROM exchange_file_chunks
          WHERE file_id NOT IN (SELECT id FROM exchange_files WHERE exchange_id <> $1)) AS chunks`,
      [exchangeId],
    );
    expect(rows).toEqual([{ files: 0, chunks: 0 }]);
    expect(await temporary()).toEqual([]);
  }

  it.each<[FileType, string, () => Buffer | Promise<Buffer>, number, number, number]>([
    ['application/pdf', 'plan.pdf', () => samplePdf(20), 20, 401, 300],
    ['image/png', 'café 👩‍👩‍👧 日本語.png', () => samplePng(640, 480, 700_000), 1, 640, 480],
    ['image/jpeg', 'photo.JPEG', () => sampleJpeg(64, 48), 1, 64, 48],
    ['image/webp', 'photo.webp', () => sampleWebp(64, 48), 1, 64, 48],
  ])('%s comes back as it was sent', async (type, name, make, pages, width, height) => {
    const content = await make();
    const file = await add(name, content);
    const expected = { name, type, bytes: content.length, pages, width, height, addedBy: world.ben.userId };
    expect(file).toMatchObject(expected);
    expect(await list(world.ann)).toEqual([file]);
    const { status, headers, bytes } = await world.ann.download(`${files()}/${file.id}`);
    expect([status, headers.get('content-type'), headers.get('x-content-type-options')]).toEqual([
      200,
      type,
      'nosniff',
    ]);
    expect(headers.get('content-disposition')).toContain(`filename*=UTF-8''${encodeURIComponent(name)}`);
    expect(headers.get('content-security-policy')).toContain("sandbox; default-src 'none'");
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(Buffer.from(bytes).equals(content)).toBe(true);
    expect(await temporary()).toEqual([]);
  });

  it('of 25 MB are taken, and come in parts to whoever asks for them', async () => {
    const content = samplePng(1, 1, FILE_BYTES_MAX);
    const { id: fileId } = await add('large.png', content);
    const part = await world.ann.download(`${files()}/${fileId}`, { range: 'bytes=262143-262144' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 262143-262144/${FILE_BYTES_MAX}`]);
    expect(Buffer.from(part.bytes).equals(content.subarray(262_143, 262_145))).toBe(true);
    const whole = await world.ann.download(`${files()}/${fileId}`);
    expect(Buffer.from(whole.bytes).equals(content)).toBe(true);
  });

  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  it.each<[string, string, () => Buffer | Promise<Buffer>, number, string, RegExp]>([
    ['a page that is called a picture', 'x.png', () => Buffer.from('<!doctype html>'), 415, 'unknown-type', /whatever/],
    ['an SVG with a script', 'drawing.svg', () => Buffer.from(svg), 415, 'unknown-type', /PDF, PNG, JPEG or WebP/],
    ['nothing', 'x.png', () => Buffer.alloc(0), 415, 'unknown-type', /PDF, PNG, JPEG or WebP/],
    ['a zip bomb of a PDF', 'bomb.pdf', bombPdf, 422, 'pdf-too-much-inside', /unpacks to far more/],
    ['a PDF with a password', 'x.pdf', encryptedPdf, 422, 'pdf-encrypted', /password/],
    ['half a PDF', 'x.pdf', () => Buffer.from('%PDF-1.7\nhalf'), 422, 'file-broken', /cut off or damaged/],
    ['a picture for a wall', 'x.png', () => samplePng(40_000, 40_000), 422, 'image-too-large', /40000 by 40000/],
    ['26 MB', 'x.png', () => samplePng(1, 1, 26 * 1024 * 1024), 413, 'too-large', /larger than 25 MB/],
    ['a byte too much', 'x.png', () => samplePng(1, 1, FILE_BYTES_MAX + 1), 413, 'too-large', /larger than 25 MB/],
  ])('%s is refused in plain words, and nothing of it is kept', async (_what, name, make, status, code, words) => {
    const found = await refusal(name, await make());
    expect(found).toMatchObject({ status, code, detail: expect.stringMatching(words) as string });
    await nothingIsLeft();
  });

  it('keep the server answering while a bomb is defused that shows only when it is opened', async () => {
    let over = false;
    const bomb = await writtenBombPdf(1_500);
    const refused = refusal('x.pdf', bomb).finally(() => (over = true));
    while ((await temporary()).length === 0);
    await world.stillServes();
    expect(over).toBe(false);
    // Where there are few cores it is looked at after the bomb, at once.
    await add('meanwhile.png', samplePng(1, 1), world.ann);
    expect(await refused).toMatchObject({ status: 422, code: 'takes-too-much' });
    expect((await list(world.ben)).map(({ name }) => name)).toEqual(['meanwhile.png']);
    expect(await temporary()).toEqual([]);
  });

  it('are refused as soon as they are too much, when nobody knows before how much it will be', async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 1;
        controller.enqueue(new Uint8Array(1024 * 1024));
      },
    });
    const { status, body } = await world.ben.upload(named('x.png'), endless);
    expect([status, problem.parse(body).code]).toEqual([413, 'too-large']);
    expect(sent).toBeGreaterThanOrEqual(25);
    await nothingIsLeft();
  });

  it('are not kept when they are broken off', async () => {
    const breaking = new AbortController();
    const { promise: begun, resolve } = Promise.withResolvers<undefined>();
    const whole = samplePng(1, 1, 2_000_000);
    const half = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(whole.subarray(0, 1_000_000)),
      pull: () => resolve(undefined),
    });
    const upload = world.ben.upload(named('x.png'), half, { signal: breaking.signal });
    await begun;
    while ((await temporary()).length === 0);
    breaking.abort();
    await expect(upload).rejects.toThrow('abort');
    while ((await temporary()).length > 0);
    await nothingIsLeft();
  });

  it('are taken from one person two at a time', async () => {
    const breaking = new AbortController();
    const waiting = (): ReadableStream<Uint8Array> =>
      new ReadableStream({ start: (controller) => controller.enqueue(samplePng(1, 1)) });
    const uploads = [1, 2].map(() => world.ben.upload(named('x.png'), waiting(), { signal: breaking.signal }));
    while ((await temporary()).length < 2);
    const { status, headers, body } = await world.ben.upload(named('x.png'), Uint8Array.from(samplePng(1, 1)));
    expect([status, problem.parse(body).code]).toEqual([429, 'too-many-requests']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    await add('hers.png', samplePng(1, 1), world.ann);
    breaking.abort();
    const outcomes = await Promise.allSettled(uploads);
    expect(outcomes.map((each) => each.status)).toEqual(['rejected', 'rejected']);
    while ((await temporary()).length > 0);
    await add('mine.png', samplePng(1, 1));
    expect((await list(world.ben)).map(({ name }) => name)).toEqual(['mine.png', 'hers.png']);
  });

  it('are none of anybody else’s business, nor of another exchange', async () => {
    const file = await add('plan.pdf', await samplePdf(1));
    const { id: other } = await world.book(world.ann, [world.ben, world.cleo]);
    const place = `${files()}/${file.id}`;
    const missing = { status: 404, code: 'not-found' };
    for (const path of [files(), place, `${files(other)}/${file.id}`]) {
      expect(problem.parse((await world.cleo.request('GET', path)).body)).toMatchObject(missing);
    }
    expect(problem.parse((await world.ann.request('GET', `${files(other)}/${file.id}`)).body)).toMatchObject(missing);
    for (const [person, path] of [
      [world.cleo, place],
      [world.ann, `${files(other)}/${file.id}`],
    ] as const) {
      expect(problem.parse((await person.request('DELETE', path)).body)).toMatchObject(missing);
    }
    expect(await refusal('hers.png', samplePng(1, 1), world.cleo)).toMatchObject(missing);
    const unknown = await world.cleo.upload(
      named('hers.png', '00000000-0000-4000-8000-000000000000'),
      Uint8Array.from(samplePng(1, 1)),
    );
    expect(unknown.body).toEqual((await world.cleo.request('GET', files())).body);
    expect(await list(world.ann)).toEqual([file]);
    await nothingIsLeft(other);
  });

  it('are removed by who added them and by the host, content and all', async () => {
    const { id: anns } = await add('hers.png', samplePng(1, 1), world.ann);
    const { id: bens } = await add('his.png', samplePng(1, 1));
    const theirs = await world.ben.request('DELETE', `${files()}/${anns}`);
    expect(problem.parse(theirs.body)).toMatchObject({ status: 403, code: 'not-yours' });
    expect((await list(world.ben)).map((file) => file.id)).toEqual([bens, anns]);
    for (const each of [bens, anns]) {
      expect((await world.ann.request('DELETE', `${files()}/${each}`)).status).toBe(204);
      expect((await world.ann.request('GET', `${files()}/${each}`)).status).toBe(404);
    }
    await nothingIsLeft();
  });

  it('stay as they are once the meeting has ended, also one that is on its way then', async () => {
    const content = samplePng(3, 4);
    const file = await add('before.png', content);
    const { promise: over, resolve } = Promise.withResolvers<undefined>();
    const late = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(content.subarray(0, 20)),
      pull: async (controller) => {
        await over;
        controller.enqueue(content.subarray(20));
        controller.close();
      },
    });
    const upload = world.ben.upload(named('late.png'), late);
    while ((await temporary()).length === 0);
    await world.ann.request('POST', `/api/exchanges/${id}/end`);
    resolve(undefined);
    const ended = { status: 409, code: 'exchange-ended' };
    expect(problem.parse((await upload).body)).toMatchObject(ended);
    expect(await refusal('after.png', content)).toMatchObject(ended);
    const removal = await world.ben.request('DELETE', `${files()}/${file.id}`);
    expect(problem.parse(removal.body)).toMatchObject(ended);
    expect(await list(world.ben)).toEqual([file]);
    const { bytes } = await world.ben.download(`${files()}/${file.id}`);
    expect(Buffer.from(bytes).equals(content)).toBe(true);
    expect(await temporary()).toEqual([]);
  });
});
