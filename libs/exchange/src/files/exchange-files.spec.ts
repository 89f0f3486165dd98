import { ExchangeFiles } from './exchange-files';
import { FakeFilesApi, problemOf } from './testing/fake-files-api';
import { fileOf } from './testing/files';

const pdf = (name: string): File => new File(['%PDF'], name, { type: 'application/pdf' });

function store(): { api: FakeFilesApi; files: ExchangeFiles; told: () => number } {
  const api = new FakeFilesApi();
  let told = 0;
  const files = new ExchangeFiles({ api, exchangeId: 'one', tellOthers: () => told++ });
  return { api, files, told: () => told };
}

/** Lets everything run that waits for nothing else. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('the files of an exchange', () => {
  it('are read, and read again when they change meanwhile', async () => {
    const { api, files } = store();
    expect(files.state()).toBe('loading');
    await Promise.all([files.refresh(), files.refresh(), files.refresh()]);
    expect(api.reads).toBe(2);
    expect(files.state()).toBe('ready');
    api.stored = [fileOf()];
    await files.refresh();
    expect(files.files()).toEqual([fileOf()]);
  });

  it('stay when they cannot be read again, and say so', async () => {
    const { api, files } = store();
    api.listFails = problemOf(503, 'Parley is busy.');
    await files.refresh();
    expect([files.state(), files.failure()]).toEqual(['failed', 'Parley is busy.']);
    api.listFails = undefined;
    api.stored = [fileOf()];
    await files.refresh();
    expect([files.state(), files.failure()]).toEqual(['ready', '']);
    api.listFails = problemOf(503, 'Parley is busy.');
    await files.refresh();
    expect([files.state(), files.failure(), files.files().length]).toEqual(['ready', 'Parley is busy.', 1]);
  });

  it('are sent two at a time, and the others are told of each', async () => {
    const { api, files, told } = store();
    files.add([pdf('a.pdf'), pdf('b.pdf'), pdf('café 日本語.pdf')]);
    expect(files.uploads().map(({ state }) => state)).toEqual(['uploading', 'uploading', 'waiting']);
    api.uploads[0]!.options.progress?.(2, 4);
    expect(files.uploads()[0]).toMatchObject({ name: 'a.pdf', sent: 2, total: 4 });
    api.uploads[0]!.taken();
    await settled();
    expect(files.uploads().map(({ name, state }) => `${name} ${state}`)).toEqual([
      'b.pdf uploading',
      'café 日本語.pdf uploading',
    ]);
    expect(files.files().map(({ name }) => name)).toEqual(['a.pdf']);
    expect([told(), files.lastAdded()]).toEqual([1, 'a.pdf']);
  });

  it('are stopped, and leave room for the next', async () => {
    const { api, files, told } = store();
    files.add([pdf('a.pdf'), pdf('b.pdf'), pdf('c.pdf')]);
    files.cancel(files.uploads()[0]!.id);
    await settled();
    expect(api.uploads.map(({ name }) => name)).toEqual(['a.pdf', 'b.pdf', 'c.pdf']);
    expect(api.uploads[0]!.options.signal?.aborted).toBe(true);
    files.cancel(files.uploads()[1]!.id);
    files.close();
    await settled();
    expect(files.uploads()).toEqual([]);
    expect(api.uploads.every(({ options }) => options.signal?.aborted === true)).toBe(true);
    expect(told()).toBe(0);
  });

  it('that are refused say why; what may work later can be sent again', async () => {
    const { api, files } = store();
    files.add([pdf('a.pdf'), pdf('b.pdf'), new File([], 'empty.pdf')]);
    expect(files.uploads()[2]).toMatchObject({ state: 'failed', reason: 'The file is empty.', canRetry: false });
    api.uploads[0]!.refused(problemOf(422, 'This PDF is cut off or damaged.'));
    api.uploads[1]!.refused(problemOf(503, 'Parley is busy.'));
    await settled();
    const [broken, busy] = files.uploads();
    expect(broken).toMatchObject({ state: 'failed', reason: 'This PDF is cut off or damaged.', canRetry: false });
    expect(busy).toMatchObject({ state: 'failed', reason: 'Parley is busy.', canRetry: true });
    files.retry(broken!.id);
    files.retry(busy!.id);
    expect(files.uploads().map(({ state }) => state)).toEqual(['failed', 'uploading', 'failed']);
    expect(api.uploads).toHaveLength(3);
    files.dismiss(broken!.id);
    api.uploads[2]!.taken();
    await settled();
    expect(files.uploads().map(({ name }) => name)).toEqual(['empty.pdf']);
    expect(files.files().map(({ name }) => name)).toEqual(['b.pdf']);
  });

  it('are deleted, also when somebody else was faster; a refusal is passed on', async () => {
    const { api, files, told } = store();
    api.stored = [fileOf()];
    await files.refresh();
    api.stored = [];
    await files.remove(fileOf());
    expect([files.files(), told()]).toEqual([[], 1]);
    jest.spyOn(api, 'remove').mockRejectedValue(problemOf(403, 'Only its host may.'));
    await expect(files.remove(fileOf())).rejects.toMatchObject({ status: 403 });
    expect(told()).toBe(1);
  });
});
