import { FILE_BYTES_MAX } from '@parley/protocol';
import { refusalOf, sizeText } from './file-check';

const file = (name: string, type: string, size = 10): Pick<File, 'name' | 'size' | 'type'> => ({ name, size, type });

describe('a file before it is sent', () => {
  it('[A8] may be a PDF, a PNG, a JPEG or a WebP of up to 25 MB', () => {
    expect(refusalOf(file('plan é.pdf', 'application/pdf', FILE_BYTES_MAX))).toBeUndefined();
    expect(refusalOf(file('日本語.webp', 'image/webp'))).toBeUndefined();
    // Where the browser does not know what it is, its name may tell, and the server looks anyway.
    expect(refusalOf(file('PHOTO.JPG', ''))).toBeUndefined();
    expect(refusalOf(file('no ending', ''))).toBeUndefined();
  });

  it('[A8] is refused in plain words', () => {
    expect(refusalOf(file('big.pdf', 'application/pdf', FILE_BYTES_MAX + 1))).toBe(
      'The file is larger than 25 MB. Make it smaller, or split it, and try again.',
    );
    expect(refusalOf(file('empty.pdf', 'application/pdf', 0))).toBe('The file is empty.');
    for (const [name, type] of [
      ['drawing.svg', 'image/svg+xml'],
      ['page.html', 'text/html'],
      ['letter.odt', ''],
    ] as const) {
      expect(refusalOf(file(name, type))).toBe(
        'This is no PDF, PNG, JPEG or WebP. Save it as one of them, and try again.',
      );
    }
  });

  it('has a size that people read', () => {
    expect([1, 900, 2048, 1_300_000, FILE_BYTES_MAX].map(sizeText)).toEqual([
      '1 byte',
      '900 bytes',
      '2 KB',
      '1.3 MB',
      '25 MB',
    ]);
  });
});
