import type { FileType } from '@parley/protocol';

/** Code points of a name. */
const MOST = 200;
/** What a file ends in; the first is added where another one stands. */
const endings: Readonly<Record<FileType, readonly [string, ...string[]]>> = {
  'application/pdf': ['.pdf'],
  'image/png': ['.png'],
  'image/jpeg': ['.jpg', '.jpeg', '.jpe', '.jfif'],
  'image/webp': ['.webp'],
};

/** Control characters, halves of characters, line ends, and what turns the direction in which a name is read. */
const unseen = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/**
 * A name as people may see and save it: without folders, and without what hides what it says.
 *
 * @returns undefined when nothing is left of it
 */
export function cleanName(given: string): string | undefined {
  const last = given.split(/[/\\]/).at(-1) ?? '';
  const clean = last.normalize('NFC').replace(unseen, '').trim();
  return /[^.\s]/u.test(clean) ? clean : undefined;
}

/**
 * The name with an ending that tells the truth: who saves a picture called `page.html` and opens it must not get what
 * else is in it. Of a long name the end of its stem goes.
 */
export function nameOfType(name: string, type: FileType): string {
  const known = endings[type].find((each) => name.toLowerCase().endsWith(each));
  const ending = known === undefined ? endings[type][0] : name.slice(-known.length);
  const stem = known === undefined ? name : name.slice(0, -known.length);
  return (
    Array.from(stem)
      .slice(0, MOST - ending.length)
      .join('') + ending
  );
}

/** The header with which a browser saves it under this name (RFC 6266), for old ones without accents. */
export function savedAs(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]/g, '')
    .replace(/["\\%]/g, '_')
    .replace(/^\./, 'file.');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
