import type { NewPage } from '@parley/board';
import type { ExchangeFile } from '@parley/protocol';
import { fileAddress } from '../../files/file-address';
import { type DocumentSource, isPdf, type OpenDocument, openDocument } from './document-source';
import { fetchFile } from './fetch-file';
import { pageName } from './page-name';
import { openPdf } from './pdf-library';

/** Documents that are open at the same time, at most: the one that was used longest ago is closed for another. */
const OPEN_MAX = 3;

export interface DocumentsOptions {
  readonly exchangeId: string;
  /** Reads a file. pdf.js in its worker, unless told otherwise. */
  readonly open?: OpenDocument;
}

interface OpenDocumentUse {
  readonly source: Promise<DocumentSource>;
  users: number;
}

/** The documents of an exchange that are in use. pdf.js is loaded with the first of them. */
export class Documents {
  readonly #exchangeId: string;
  readonly #open: OpenDocument;
  /** By file; the one that was used last comes last. */
  readonly #uses = new Map<string, OpenDocumentUse>();
  #closed = false;

  constructor({ exchangeId, open = openDocument(openPdf) }: DocumentsOptions) {
    this.#exchangeId = exchangeId;
    this.#open = open;
  }

  /**
   * Does something with a document, which stays open until it is done.
   *
   * @throws whatever opening it or the work throws; what could not be opened is tried anew the next time
   */
  async use<T>(fileId: string, work: (source: DocumentSource) => Promise<T>): Promise<T> {
    if (this.#closed) throw new DOMException('The documents are closed.', 'AbortError');
    const use = this.#uses.get(fileId) ?? this.#opened(fileId);
    this.#uses.delete(fileId);
    this.#uses.set(fileId, use);
    use.users++;
    try {
      const source = await use.source;
      return await work(source);
    } finally {
      use.users--;
      this.#closeIdle();
    }
  }

  /** One page for each sheet, in its size. @throws as {@link use} */
  pages({ id, name }: Pick<ExchangeFile, 'id' | 'name'>): Promise<NewPage[]> {
    return this.use(id, async (source) => {
      const pages: NewPage[] = [];
      for (let sheet = 1; sheet <= source.sheets; sheet++) {
        pages.push({
          kind: 'document',
          name: pageName(name, sheet, source.sheets),
          file: id,
          sheet,
          ...(await source.size(sheet)),
        });
      }
      return pages;
    });
  }

  /** The bytes of a PDF, as they were added; undefined of an image. @throws FileUnreadable where it is not given */
  async original(fileId: string): Promise<Uint8Array | undefined> {
    const content = await fetchFile(fileAddress(this.#exchangeId, fileId));
    return (await isPdf(content)) ? new Uint8Array(await content.arrayBuffer()) : undefined;
  }

  close(): void {
    this.#closed = true;
    this.#closeIdle();
  }

  #opened(fileId: string): OpenDocumentUse {
    const source = this.#open(fileAddress(this.#exchangeId, fileId));
    const use = { source, users: 0 };
    source.catch(() => {
      if (this.#uses.get(fileId) === use) this.#uses.delete(fileId);
    });
    return use;
  }

  #closeIdle(): void {
    for (const [fileId, { source, users }] of [...this.#uses]) {
      if (!this.#closed && this.#uses.size <= OPEN_MAX) return;
      if (users > 0) continue;
      this.#uses.delete(fileId);
      // One that could not be opened has nothing to close.
      void source.then((opened) => opened.close()).catch(() => undefined);
    }
  }
}
