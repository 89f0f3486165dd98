/** The bytes of a file could not be had. `message` is for people. */
export class FileUnreadable extends Error {
  override readonly name = 'FileUnreadable';
  /** @param gone whether it will not come back: it was deleted, or is not for this reader */
  constructor(
    message: string,
    readonly gone: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** @throws FileUnreadable where the server does not give it; an `AbortError` where it was stopped */
export async function fetchFile(url: string, signal?: AbortSignal): Promise<Blob> {
  let answer: Response;
  try {
    answer = await fetch(url, signal === undefined ? {} : { signal });
    if (answer.ok) return await answer.blob();
  } catch (cause) {
    signal?.throwIfAborted();
    throw new FileUnreadable('This file cannot be loaded now. Check your connection.', false, { cause });
  }
  const gone = answer.status === 404 || answer.status === 403;
  throw new FileUnreadable(gone ? 'This file was deleted.' : 'This file cannot be loaded now.', gone);
}
