import { FILE_BYTES_MAX, fileTypes } from '@parley/protocol';

/** What the file chooser offers. */
export const ACCEPTED = [...fileTypes, '.pdf', '.png', '.jpg', '.jpeg', '.webp'].join(',');

const names = /\.(?:pdf|png|jpe?g|webp)$/iu;

/**
 * Why a file would be refused, as far as one can see before it is sent; undefined for one that may well be taken. The server
 * looks at its content, and has the last word.
 */
export function refusalOf({ name, size, type }: Pick<File, 'name' | 'size' | 'type'>): string | undefined {
  if (size === 0) return 'The file is empty.';
  if (size > FILE_BYTES_MAX)
    return `The file is larger than ${sizeText(FILE_BYTES_MAX)}. Make it smaller, or split it, and try again.`;
  // The type is a guess that the browser makes from the name; it does not know every name.
  const known: readonly string[] = fileTypes;
  if (type === '' ? names.test(name) || !/\.\w+$/u.test(name) : known.includes(type)) return undefined;
  return 'This is no PDF, PNG, JPEG or WebP. Save it as one of them, and try again.';
}

/** @example sizeText(1_300_000) // '1.2 MB', as file managers count: in steps of 1,024 */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  const kilobytes = bytes / 1024;
  if (kilobytes < 1000) return `${Math.round(kilobytes)} KB`;
  const megabytes = kilobytes / 1024;
  // Rounded up, so that what is just too large does not look as if it were not.
  return `${(Math.ceil(megabytes * 10) / 10).toFixed(1).replace(/\.0$/u, '')} MB`;
}
