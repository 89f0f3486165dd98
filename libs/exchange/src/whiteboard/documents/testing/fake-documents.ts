import type { BoardPage } from '@parley/board';
import type { DocumentSource, Drawn, OpenDocument, Picture } from '../document-source';

/** One picture that is being drawn, until the test says that it is there. */
export interface FakeDrawing {
  readonly url: string;
  readonly sheet: number;
  readonly pixelsPerUnit: number;
  readonly signal: AbortSignal;
  done(sharpest?: boolean): void;
  fail(error: Error): void;
}

/** Documents of 20 pages of 100 by 100 units, that the test draws. */
export class FakeDocuments {
  readonly drawings: FakeDrawing[] = [];
  /** Addresses, as they were opened and closed. */
  readonly log: string[] = [];
  fails: Error | undefined = undefined;

  readonly open: OpenDocument = (url) => {
    this.log.push(`open ${url}`);
    return this.fails === undefined ? Promise.resolve(this.#source(url)) : Promise.reject(this.fails);
  };

  /** What is being drawn and was not stopped: `file/sheet@sharpness`. */
  running(): string[] {
    return this.drawings
      .filter(({ signal }) => !signal.aborted)
      .map(({ url, sheet, pixelsPerUnit }) => `${url.split('/').at(-1) ?? ''}/${sheet}@${pixelsPerUnit.toFixed(2)}`);
  }

  /** The one that is being drawn is there. */
  async finish(sharpest = false): Promise<void> {
    this.drawings.find(({ signal }) => !signal.aborted)?.done(sharpest);
    await settled();
  }

  #source(url: string): DocumentSource {
    return {
      sheets: 20,
      size: () => Promise.resolve({ width: 100, height: 100 }),
      draw: (sheet, pixelsPerUnit, _pixelsMax, signal) =>
        new Promise<Drawn>((resolve, reject) => {
          const leave = (): void => {
            this.drawings.splice(this.drawings.indexOf(drawing), 1);
          };
          const drawing: FakeDrawing = {
            ...{ url, sheet, pixelsPerUnit, signal },
            done: (sharpest = false) => {
              leave();
              resolve({ picture: pictureOf(100 * pixelsPerUnit), pixelsPerUnit, sharpest });
            },
            fail: (error) => {
              leave();
              reject(error);
            },
          };
          this.drawings.push(drawing);
          signal.addEventListener('abort', () => drawing.fail(new DOMException('Stopped.', 'AbortError')));
        }),
      close: () => {
        this.log.push(`close ${url}`);
        return Promise.resolve();
      },
    };
  }
}

export function sheetOf(file: string, sheet = 1): BoardPage {
  const id = `${file}-${sheet}`;
  return { id, kind: 'document', name: '', file, sheet, width: 100, height: 100, locked: false, order: sheet };
}

/** Lets everything run that waits for nothing else. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

function pictureOf(side: number): Picture {
  return { width: side, height: side, close: () => undefined };
}
