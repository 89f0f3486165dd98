import { PDFDocument } from '@cantoo/pdf-lib';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { crc32, createDeflate, deflateSync } from 'node:zlib';

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/**
 * A grey picture.
 *
 * @param bytes of the whole file, where it has to have so many
 */
export function samplePng(width: number, height: number, bytes?: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const rows = deflateSync(Buffer.alloc(Math.min(height * (width + 1), 100_000)));
  const start = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', rows),
  ]);
  const end = chunk('IEND', Buffer.alloc(0));
  if (bytes === undefined) return Buffer.concat([start, end]);
  return Buffer.concat([start, chunk('teXt', Buffer.alloc(bytes - start.length - end.length - 12, 'x')), end]);
}

/** As much of a JPEG as says its size. */
export function sampleJpeg(width: number, height: number): Buffer {
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
export function sampleWebp(width: number, height: number): Buffer {
  const data = Buffer.alloc(10);
  data[0] = 0x2f;
  data.writeUInt32LE((width - 1) | ((height - 1) << 14), 1);
  const head = Buffer.from('RIFF0000WEBPVP8L0000', 'latin1');
  head.writeUInt32LE(12 + data.length, 4);
  head.writeUInt32LE(data.length, 16);
  return Buffer.concat([head, data]);
}

export async function samplePdf(pages: number): Promise<Buffer> {
  const document = await PDFDocument.create();
  for (let page = 0; page < pages; page += 1) document.addPage([400.5, 300]).drawText('x');
  return Buffer.from(await document.save());
}

/** A bomb of a PDF that any reader would open: 400 KB that unpack to 400 MB. */
export async function bombPdf(): Promise<Buffer> {
  const document = await PDFDocument.create();
  const page = document.addPage();
  const stream = document.context.stream(deflateSync(Buffer.alloc(400_000_000, ' ')), { Filter: 'FlateDecode' });
  page.node.addContentStream(document.context.register(stream));
  return Buffer.from(await document.save());
}

/** Needs a password to be opened. */
export async function encryptedPdf(): Promise<Buffer> {
  const document = await PDFDocument.create();
  document.addPage();
  document.encrypt({ userPassword: 'secret', ownerPassword: 'secret', permissions: {} });
  return Buffer.from(await document.save());
}

/** A bomb that whoever opens the file unpacks at once, and that is written in digits, so that it looks like none. */
export async function writtenBombPdf(megabytes: number): Promise<Buffer> {
  // Piece by piece: whoever measures memory must not find the bomb's own there.
  const pieces = Readable.from(Array<Buffer>(megabytes).fill(Buffer.alloc(1_000_000, ' ')));
  const digits = (await buffer(pieces.pipe(createDeflate()))).toString('hex');
  const entries = `/Type /ObjStm /N 1 /First 4 /Filter [/ASCIIHexDecode /FlateDecode]`;
  return Buffer.from(
    `%PDF-1.7\n1 0 obj\n<< ${entries} /Length ${digits.length + 1} >>\nstream\n${digits}>\nendstream\nendobj\n` +
      'trailer\n<< /Root 2 0 R >>\n%%EOF\n',
    'latin1',
  );
}
