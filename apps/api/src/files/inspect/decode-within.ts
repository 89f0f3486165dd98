import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFName,
  PDFNull,
  PDFRawStream,
  type PDFDocument,
} from '@cantoo/pdf-lib';
import { STREAM_BYTES, STREAMS_BYTES, TooMuchInside } from './inflate-within';

/** How streams are packed (ISO 32000-2 §7.4), by all names that readers take; pictures' own ways are not among them. */
const packings = new Map([
  ...['FlateDecode', 'Fl'].map((name) => [name, 'FlateDecode'] as const),
  ...['LZWDecode', 'LZW'].map((name) => [name, 'LZWDecode'] as const),
  ...['RunLengthDecode', 'RL'].map((name) => [name, 'RunLengthDecode'] as const),
  ...['ASCII85Decode', 'A85'].map((name) => [name, 'ASCII85Decode'] as const),
  ...['ASCIIHexDecode', 'AHx'].map((name) => [name, 'ASCIIHexDecode'] as const),
]);
const AT_A_TIME = 64 * 1024;

/**
 * Unpacks, up to the limits, what {@link inflatedBytes} does not see: streams that are packed in another way than
 * deflated, or in several.
 *
 * @returns bytes of those streams once unpacked
 * @throws TooMuchInside past a limit
 */
export function unpackedBytes(document: PDFDocument, limits = { each: STREAM_BYTES, all: STREAMS_BYTES }): number {
  let all = 0;
  for (const [, object] of document.context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFRawStream)) continue;
    const stream = unpackable(object);
    if (stream !== undefined) all += unpack(stream, Math.min(limits.each, limits.all - all));
  }
  return all;
}

/** The stream without what packs a picture in the end, or undefined when there is nothing new to find in it. */
function unpackable({ dict, contents }: PDFRawStream): PDFRawStream | undefined {
  const filters = listOf(dict.lookup(PDFName.of('Filter')));
  const params = listOf(dict.lookup(PDFName.of('DecodeParms')));
  const names = filters.map((each) => (each instanceof PDFName ? packings.get(each.decodeText()) : undefined));
  const end = names.indexOf(undefined);
  const known = (end < 0 ? names : names.slice(0, end)).flatMap((name) => name ?? []);
  if (known.length === 0 || (known.length === 1 && known[0] === 'FlateDecode')) return undefined;
  const plain = PDFDict.withContext(dict.context);
  plain.set(PDFName.of('Filter'), dict.context.obj(known.map((name) => PDFName.of(name))));
  const own = known.map((_name, at) => {
    const each = params[at];
    return each instanceof PDFDict ? each : PDFNull;
  });
  if (own.some((each) => each !== PDFNull)) plain.set(PDFName.of('DecodeParms'), dict.context.obj(own));
  return PDFRawStream.of(plain, contents);
}

function listOf(entry: unknown): readonly unknown[] {
  if (entry === undefined || entry === PDFNull) return [];
  return entry instanceof PDFArray ? entry.asArray().map((_each, at) => entry.lookup(at)) : [entry];
}

function unpack(stream: PDFRawStream, limit: number): number {
  let bytes = 0;
  try {
    const content = decodePDFRawStream(stream);
    for (let part = content.getBytes(AT_A_TIME); part.length > 0; part = content.getBytes(AT_A_TIME)) {
      bytes += part.length;
      if (bytes > limit) break;
    }
  } catch (error) {
    // What is damaged is shown as far as it goes, by readers too. Only memory is nobody's to lose.
    if (error instanceof RangeError) throw new TooMuchInside('A stream cannot be held.', { cause: error });
  }
  if (bytes > limit) throw new TooMuchInside(`A stream has more than ${limit} bytes inside.`);
  return bytes;
}
