import { fetchFile } from './fetch-file';

function answer(status: number): Response {
  const content = { size: 3 } as Blob;
  return { ok: status === 200, status, blob: () => Promise.resolve(content) } as Response;
}

describe('the bytes of a file', () => {
  const fetched = jest.fn<Promise<Response>, [string, RequestInit]>();
  beforeEach(() => {
    fetched.mockReset();
    Object.assign(globalThis, { fetch: fetched });
  });

  it('come from the server', async () => {
    fetched.mockResolvedValue(answer(200));
    expect((await fetchFile('/file')).size).toBe(3);
    expect(fetched.mock.calls[0]?.[0]).toBe('/file');
  });

  it.each([
    [404, 'This file was deleted.', true],
    [403, 'This file was deleted.', true],
    [503, 'This file cannot be loaded now.', false],
  ])('that do not come (%i) are told in plain words', async (status, message, gone) => {
    fetched.mockResolvedValue(answer(status));
    await expect(fetchFile('/file')).rejects.toMatchObject({ name: 'FileUnreadable', message, gone });
  });

  it('may come later where there is no connection', async () => {
    fetched.mockRejectedValue(new TypeError('Failed to fetch'));
    await expect(fetchFile('/file')).rejects.toMatchObject({
      message: 'This file cannot be loaded now. Check your connection.',
      gone: false,
    });
  });

  it('are not waited for once it was stopped', async () => {
    const stop = new AbortController();
    fetched.mockImplementation((_url, { signal }) => {
      stop.abort();
      return Promise.reject(signal?.reason as Error);
    });
    await expect(fetchFile('/file', stop.signal)).rejects.toMatchObject({ name: 'AbortError' });
  });
});
