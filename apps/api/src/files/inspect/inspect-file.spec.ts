import { PDFDocument } from '@cantoo/pdf-lib';
import { crc32, deflateSync } from 'node:zlib';
import { inspectFile } from './inspect-file';

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** A grey picture. */
function png(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const rows = deflateSync(Buffer.alloc(Math.min(height * (width + 1), 100_000)));
  const parts = [chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), ...parts]);
}

/** As much of a JPEG as says its size. */
function jpeg(width: number, height: number): Buffer {
  const frame = Buffer.from([0xff, 0xc0, 0, 11, 8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  const app = Buffer.concat([
    Buffer.from([0xff, 0xe0, 0, 16]),
    Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1'),
  ]);
  return Buffer.concat([Buffer.from([0xff, 0xd8]), app, frame, Buffer.from([0xff, 0xd9])]);
}

/** As much of a lossless WebP as says its size. */
function webp(width: number, height: number): Buffer {
  const data = Buffer.alloc(10);
  data[0] = 0x2f;
  data.writeUInt32LE((width - 1) | ((height - 1) << 14), 1);
  const head = Buffer.from('RIFF0000WEBPVP8L0000', 'latin1');
  head.writeUInt32LE(12 + data.length, 4);
  head.writeUInt32LE(data.length, 16);
  return Buffer.concat([head, data]);
}

async function pdf(pages: number): Promise<Buffer> {
  const document = await PDFDocument.create();
  for (let page = 0; page < pages; page += 1) document.addPage([400.5, 300]).drawText('x');
  return Buffer.from(await document.save());
}

/** A bomb of a PDF that any reader would open. */
async function bomb(): Promise<Buffer> {
  const document = await PDFDocument.create();
  const page = document.addPage();
  const stream = document.context.stream(deflateSync(Buffer.alloc(400_000_000, ' ')), { Filter: 'FlateDecode' });
  page.node.addContentStream(document.context.register(stream));
  return Buffer.from(await document.save());
}

describe('inspectFile', () => {
  it('finds out what a file is from its content', async () => {
    expect(await inspectFile(png(640, 480))).toEqual({ type: 'image/png', pages: 1, width: 640, height: 480 });
    expect(await inspectFile(jpeg(64, 48))).toEqual({ type: 'image/jpeg', pages: 1, width: 64, height: 48 });
    expect(await inspectFile(webp(64, 48))).toEqual({ type: 'image/webp', pages: 1, width: 64, height: 48 });
    expect(await inspectFile(await pdf(20))).toEqual({ type: 'application/pdf', pages: 20, width: 401, height: 300 });
  });

  it.each([
    ['a page', '<!doctype html><title>x</title><script>alert(1)</script>'],
    ['an SVG with a script', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    ['an SVG with a declaration', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['words', 'café 日本語'],
    ['nothing', ''],
    ['another kind of picture', 'GIF89a\x01\0\x01\0\0\0\0;'],
    ['an archive', 'PK\x03\x04'],
  ])('refuses %s', async (_what, content) => {
    await expect(inspectFile(Buffer.from(content))).rejects.toMatchObject({ code: 'unknown-type' });
  });

  it('refuses a picture that is cut off', async () => {
    for (const picture of [png(640, 480), jpeg(64, 48), webp(64, 48)]) {
      const half = picture.subarray(0, picture.length - 5);
      await expect(inspectFile(half)).rejects.toMatchObject({ code: 'file-broken' });
    }
  });

  it('refuses a picture that would fill the memory of whoever opens it', async () => {
    await expect(inspectFile(png(40_000, 40_000))).rejects.toMatchObject({ code: 'image-too-large' });
  });

  it('refuses a PDF that unpacks to far more than it seems', async () => {
    const file = await bomb();
    expect(file.length).toBeLessThan(2_000_000);
    await expect(inspectFile(file)).rejects.toMatchObject({ code: 'pdf-too-much-inside' });
  }, 30_000);

  it('refuses a PDF of too many pages, and one that is broken', async () => {
    await expect(inspectFile(await pdf(501))).rejects.toMatchObject({ code: 'pdf-too-many-pages' });
    await expect(inspectFile(Buffer.from('%PDF-1.7\nnothing of the kind'))).rejects.toMatchObject({
      code: 'file-broken',
    });
  }, 30_000);

  it('refuses a PDF with a password', async () => {
    const document = await PDFDocument.create();
    document.addPage();
    document.encrypt({ userPassword: 'secret', ownerPassword: 'secret', permissions: {} });
    await expect(inspectFile(Buffer.from(await document.save()))).rejects.toMatchObject({ code: 'pdf-encrypted' });
  });
});
