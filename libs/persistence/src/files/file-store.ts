import type { EntityManager } from 'typeorm';

/** A part of a content: from this byte to that one, both of them included, counted from 0. */
export interface ByteSpan {
  readonly first: number;
  readonly last: number;
}

/** Where the content of files is kept. The list of files is in the database, wherever this is. */
export abstract class FileStore {
  /**
   * Keeps a content, within the transaction that lists the file: whatever fails, nothing of it stays.
   *
   * @param content in parts of any size
   */
  abstract keep(manager: EntityManager, fileId: string, content: AsyncIterable<Uint8Array>): Promise<void>;

  /**
   * The content in parts. Nothing when there is none of this id.
   *
   * @param span the part that is wanted; default: all of it
   */
  abstract read(fileId: string, span?: ByteSpan): AsyncIterable<Buffer>;

  /** Removes a content, within the transaction that takes the file off the list. */
  abstract drop(manager: EntityManager, fileId: string): Promise<void>;
}
