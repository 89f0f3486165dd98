import { HttpEventType, provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { FilesApi } from './files-api';
import { fileOf } from './testing/files';

const exchangeId = '6f1c1d3e-0000-4000-8000-000000000001';
const address = `/api/exchanges/${exchangeId}/files`;
const file = new File(['%PDF-1.7 …'], 'plan é 日本語 & co.pdf', { type: 'application/pdf' });

describe('the files of an exchange, over HTTP', () => {
  let api: FilesApi;
  let http: HttpTestingController;

  beforeEach(() => {
    TestBed.configureTestingModule({ providers: [provideHttpClient(), provideHttpClientTesting()] });
    api = TestBed.inject(FilesApi);
    http = TestBed.inject(HttpTestingController);
  });
  afterEach(() => http.verify());

  it('[A8] are listed and deleted', async () => {
    const listed = api.list(exchangeId);
    http.expectOne(address).flush({ files: [fileOf()] });
    expect(await listed).toEqual([fileOf()]);
    const removed = api.remove(exchangeId, fileOf().id);
    http.expectOne({ method: 'DELETE', url: `${address}/${fileOf().id}` }).flush(null, { status: 204, statusText: '' });
    await removed;
    expect(api.contentUrl(exchangeId, 'a/b')).toBe(`${address}/a%2Fb`);
  });

  it('[A8] are sent as they are, with their name, and say how far they are', async () => {
    const told: (readonly [number, number])[] = [];
    const sent = api.upload(exchangeId, file, { progress: (...now) => told.push(now) });
    const request = http.expectOne(({ url }) => url === address);
    expect(request.request.body).toBe(file);
    expect(request.request.params.get('name')).toBe(file.name);
    expect(request.request.headers.get('Content-Type')).toBe('application/octet-stream');
    request.event({ type: HttpEventType.UploadProgress, loaded: 4, total: 12 });
    request.event({ type: HttpEventType.UploadProgress, loaded: 9 });
    request.flush(fileOf({ name: file.name }), { status: 201, statusText: 'Created' });
    expect(await sent).toEqual(fileOf({ name: file.name }));
    expect(told).toEqual([
      [4, 12],
      [9, file.size],
    ]);
  });

  it('can be stopped while they are sent', async () => {
    const stop = new AbortController();
    const sent = api.upload(exchangeId, file, { signal: stop.signal });
    const request = http.expectOne(({ url }) => url === address);
    stop.abort();
    await expect(sent).rejects.toMatchObject({ name: 'AbortError' });
    expect(request.cancelled).toBe(true);
  });

  it('are not sent at all when stopped before', async () => {
    await expect(api.upload(exchangeId, file, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
    http.expectNone(({ url }) => url === address);
  });
});
