import { FileStore, type ByteSpan, type ExchangeFileRow } from '@parley/persistence';
import type { Request, Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ProblemException } from '../http/problem.exception';
import { savedAs } from './file-name';

/**
 * Sends a file, or the one part of it that is asked for (RFC 9110 §14). It is to be saved or read by a page's program,
 * and is no page itself: nothing in it runs, whatever a browser takes it for. A browser may keep it, and asks before
 * each use: who may read it no more gets nothing from here.
 */
export async function sendFile(store: FileStore, row: ExchangeFileRow, request: Request, response: Response) {
  response.set({
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'private, no-cache',
    'Content-Disposition': savedAs(row.name),
    'Content-Security-Policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
    'Content-Type': row.type,
    'Cross-Origin-Resource-Policy': 'same-origin',
    // What is under an id never changes.
    ETag: `"${row.id}"`,
    'X-Content-Type-Options': 'nosniff',
  });
  if (request.fresh) {
    response.status(304).end();
    return;
  }
  const span = spanOf(row, request);
  const { first, last } = span ?? { first: 0, last: row.bytes - 1 };
  const bytes = last - first + 1;
  if (span !== undefined) response.status(206).set('Content-Range', `bytes ${first}-${last}/${row.bytes}`);
  response.set('Content-Length', String(bytes));
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  try {
    await pipeline(Readable.from(exactly(bytes, store.read(row.id, { first, last }))), response);
  } catch (error) {
    // Whoever asked has gone; there is nobody to tell.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}

/**
 * @returns undefined when all of it is wanted
 * @throws ProblemException 416
 */
function spanOf({ id, bytes }: ExchangeFileRow, request: Request): ByteSpan | undefined {
  const onlyIf = request.headers['if-range'];
  if (onlyIf !== undefined && onlyIf !== `"${id}"`) return undefined;
  const ranges = request.range(bytes, { combine: true });
  if (ranges === -1) {
    throw new ProblemException(416, 'out-of-range', `The file has ${bytes} bytes, and none where you ask for some.`, {
      headers: { 'Content-Range': `bytes */${bytes}` },
    });
  }
  // What is not understood, and several parts, are answered with all of it.
  if (ranges === undefined || ranges === -2 || ranges.type !== 'bytes' || ranges.length !== 1) return undefined;
  const [range] = ranges;
  return range === undefined ? undefined : { first: range.start, last: range.end };
}

/** @throws Error when there is less: an answer that ends early must not look like a whole one */
async function* exactly(bytes: number, content: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  let left = bytes;
  for await (const part of content) {
    left -= part.length;
    yield part;
  }
  if (left !== 0) throw new Error('The file was removed while it was sent.');
}
