import {
  bombPdf,
  encryptedPdf,
  sampleJpeg as jpeg,
  samplePdf as pdf,
  samplePng as png,
  sampleWebp as webp,
} from '@parley/persistence/testing';
import { inspectFile } from './inspect-file';

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
    const file = await bombPdf();
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
    await expect(inspectFile(await encryptedPdf())).rejects.toMatchObject({ code: 'pdf-encrypted' });
  });
});
