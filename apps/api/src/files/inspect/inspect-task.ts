import { readSync } from 'node:fs';
import { inspectFile, type InspectedFile } from './inspect-file';
import { RefusedFile, type RefusalCode } from './refused-file';

/** What the thread is given; copied to it. */
export interface InspectTask {
  /** An open file of this process. */
  readonly descriptor: number;
  readonly bytes: number;
}

/** What it says. */
export type Inspection =
  { readonly file: InspectedFile } | { readonly refused: { readonly code: RefusalCode; readonly message: string } };

export async function inspectTask({ descriptor, bytes }: InspectTask): Promise<Inspection> {
  try {
    return { file: await inspectFile(contentOf(descriptor, bytes)) };
  } catch (error) {
    if (!(error instanceof RefusedFile)) throw error;
    return { refused: { code: error.code, message: error.message } };
  }
}

function contentOf(descriptor: number, bytes: number): Buffer {
  const content = Buffer.alloc(bytes);
  for (let at = 0; at < bytes;) {
    const read = readSync(descriptor, content, at, bytes - at, at);
    if (read === 0) throw new Error('The file is shorter than was said.');
    at += read;
  }
  return content;
}
