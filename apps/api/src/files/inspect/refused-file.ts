/** Why a file is not taken. */
export type RefusalCode =
  | 'takes-too-much'
  | 'unknown-type'
  | 'file-broken'
  | 'image-too-large'
  | 'pdf-encrypted'
  | 'pdf-too-many-pages'
  | 'pdf-too-much-inside';

/** A file that is not taken, with one sentence for whoever sent it. */
export class RefusedFile extends Error {
  override readonly name = 'RefusedFile';

  constructor(
    readonly code: RefusalCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
