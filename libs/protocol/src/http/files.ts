import * as z from 'zod';

/** Bytes of one file at most (A8). */
export const FILE_BYTES_MAX = 25 * 1024 * 1024;
/** Files of one exchange at most (A8). */
export const FILES_MAX = 200;
/** Pages of a PDF at most (A8). */
export const PDF_PAGES_MAX = 500;
/** Pixels of an image at most (A8). */
export const IMAGE_PIXELS_MAX = 64_000_000;

/** What a file may be: found out from its content, whatever its name says. */
export const fileTypes = ['application/pdf', 'image/png', 'image/jpeg', 'image/webp'] as const;
export type FileType = (typeof fileTypes)[number];

/** A file of an exchange (A8). */
export const exchangeFile = z.object({
  id: z.uuid(),
  name: z.string(),
  type: z.enum(fileTypes),
  bytes: z.int(),
  /** Pages of a PDF; 1 of an image. */
  pages: z.int().min(1),
  /** Of an image in pixels; of a PDF's first page in points (1/72 inch), rounded. */
  width: z.int().min(1),
  height: z.int().min(1),
  /** The userId of who uploaded it. */
  addedBy: z.string(),
  addedAt: z.string(),
});
export type ExchangeFile = z.infer<typeof exchangeFile>;

/** `GET /api/exchanges/:id/files`, the newest first. */
export const exchangeFiles = z.object({ files: z.array(exchangeFile) });
export type ExchangeFiles = z.infer<typeof exchangeFiles>;
