import { cleanName, nameOfType, savedAs } from './file-name';

describe('cleanName', () => {
  it.each([
    ['plan.pdf', 'plan.pdf'],
    ['  café 👩‍👩‍👧 日本語.png ', 'café 👩‍👩‍👧 日本語.png'],
    ['cafe\u0301.png', 'café.png'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\Ann\\plan.pdf', 'plan.pdf'],
    ['a\u0000b\r\nc\u2028.pdf', 'abc.pdf'],
    ['invoice\u202egnp.pdf', 'invoicegnp.pdf'],
    ['half \ud83d.png', 'half .png'],
  ])('%j is %j', (given, clean) => {
    expect(cleanName(given)).toBe(clean);
  });

  it.each(['', '   ', '..', '.', 'folder/', '\u202e\u0007', '/'])('nothing is left of %j', (given) => {
    expect(cleanName(given)).toBeUndefined();
  });
});

describe('nameOfType', () => {
  it('leaves an ending that is right, and adds one where it is not', () => {
    expect(nameOfType('photo.JPEG', 'image/jpeg')).toBe('photo.JPEG');
    expect(nameOfType('page.html', 'image/png')).toBe('page.html.png');
    expect(nameOfType('日本語', 'application/pdf')).toBe('日本語.pdf');
    expect(nameOfType('photo.png', 'image/webp')).toBe('photo.png.webp');
  });

  it('has 200 characters at most, the ending among them', () => {
    const name = nameOfType(`${'👩'.repeat(300)}.pdf`, 'application/pdf');
    expect(name).toBe(`${'👩'.repeat(196)}.pdf`);
    expect(Array.from(nameOfType('x'.repeat(300), 'image/png'))).toHaveLength(200);
  });
});

describe('savedAs', () => {
  it('has the name for every browser, and nothing that ends the header or the name early', () => {
    expect(savedAs(`café "it's" (1)*\\%.png`)).toBe(
      `attachment; filename="cafe _it's_ (1)*__.png"; filename*=UTF-8''caf%C3%A9%20%22it%27s%22%20%281%29%2A%5C%25.png`,
    );
    expect(savedAs('日本語.pdf')).toBe(
      `attachment; filename="file.pdf"; filename*=UTF-8''%E6%97%A5%E6%9C%AC%E8%AA%9E.pdf`,
    );
  });
});
