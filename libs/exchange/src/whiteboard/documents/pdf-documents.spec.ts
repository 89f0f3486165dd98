import { pageName } from './page-name';
import { imageUnits, pdfUnits } from './page-units';
import { Documents } from './pdf-documents';
import { FakeDocuments, settled } from './testing/fake-documents';

function documents(): { fake: FakeDocuments; opened: Documents } {
  const fake = new FakeDocuments();
  return { fake, opened: new Documents({ exchangeId: 'one', open: fake.open }) };
}

const nothing = (): Promise<void> => Promise.resolve();

describe('the documents of an exchange', () => {
  it('become a page for each sheet', async () => {
    const { opened } = documents();
    const pages = await opened.pages({ id: 'f1', name: 'plan é 日本語.pdf' });
    expect(pages).toHaveLength(20);
    expect(pages[2]).toEqual({
      kind: 'document',
      name: 'plan é 日本語.pdf, 3 of 20',
      file: 'f1',
      sheet: 3,
      width: 100,
      height: 100,
    });
  });

  it('are open three at a time, and those in use stay open', async () => {
    const { fake, opened } = documents();
    let finish = nothing as () => void;
    const long = opened.use('a', () => new Promise<void>((resolve) => (finish = resolve)));
    for (const file of ['b', 'c', 'b', 'd', 'e']) await opened.use(file, nothing);
    await settled();
    const address = '/api/exchanges/one/files';
    expect(fake.log.filter((line) => line.startsWith('close'))).toEqual([`close ${address}/c`, `close ${address}/b`]);
    opened.close();
    await settled();
    expect(fake.log).not.toContain(`close ${address}/a`);
    finish();
    await long;
    await settled();
    expect(fake.log.filter((line) => line.startsWith('close'))).toHaveLength(5);
    await expect(opened.use('a', nothing)).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('that could not be opened are opened anew the next time', async () => {
    const { fake, opened } = documents();
    fake.fails = new Error('It is broken.');
    await expect(opened.use('a', nothing)).rejects.toThrow('It is broken.');
    fake.fails = undefined;
    await opened.use('a', nothing);
    expect(fake.log).toHaveLength(2);
  });
});

describe('a page of a document', () => {
  it('has units of 1/96 inch', () => {
    expect(pdfUnits({ width: 72, height: 720 })).toEqual({ width: 96, height: 960 });
  });

  it('has a unit for each pixel of an image, and fewer for a large one', () => {
    expect(imageUnits({ width: 1200, height: 600 })).toEqual({ width: 1200, height: 600 });
    expect(imageUnits({ width: 3000, height: 4000 })).toEqual({ width: 1200, height: 1600 });
  });

  it('has a name that a board takes, whole characters of it', () => {
    expect(pageName('photo.png', 1, 1)).toBe('photo.png');
    const long = pageName('👩‍👩‍👧'.repeat(60), 500, 500);
    expect(long.length).toBeLessThanOrEqual(280);
    expect(long).toMatch(/^(👩‍👩‍👧)+…, 500 of 500$/u);
  });
});
