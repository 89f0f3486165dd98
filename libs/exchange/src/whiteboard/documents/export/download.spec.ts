import { download, fileName } from './download';

describe('saving a file', () => {
  it('gives it a name that file systems take', () => {
    expect(fileName('Planning: café 日本語/2.pdf')).toBe('Planning café 日本語 2.pdf');
    expect(fileName('\u202e///')).toBe('whiteboard');
  });

  it('lets the browser have it for a while', () => {
    jest.useFakeTimers();
    const revoked: string[] = [];
    Object.assign(URL, { createObjectURL: () => 'blob:one', revokeObjectURL: (url: string) => revoked.push(url) });
    const clicked: [string, string][] = [];
    jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      clicked.push([this.href, this.download]);
    });
    download(new Blob(['x']), 'board.png');
    expect(clicked).toEqual([['blob:one', 'board.png']]);
    expect(revoked).toEqual([]);
    jest.runAllTimers();
    expect(revoked).toEqual(['blob:one']);
    jest.useRealTimers();
  });
});
