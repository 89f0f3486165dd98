import { randomUUID } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A file without a name: it is in the system's folder for such files, and gone with the last who has it open. So not
 * even a server that is killed leaves one behind.
 */
export class TemporaryFile {
  private written = 0;

  private constructor(private readonly handle: FileHandle) {}

  /** For this user alone, and empty. To be closed by whoever made it. */
  static async make(): Promise<TemporaryFile> {
    const path = join(tmpdir(), `parley-upload-${randomUUID()}`);
    const handle = await open(path, 'wx+', 0o600);
    try {
      await rm(path);
    } catch (error) {
      await handle.close();
      throw error;
    }
    return new TemporaryFile(handle);
  }

  get bytes(): number {
    return this.written;
  }

  /** For another thread of this process to read, from byte 0, until this is closed. */
  get descriptor(): number {
    return this.handle.fd;
  }

  async append(part: Uint8Array): Promise<void> {
    await this.handle.appendFile(part);
    this.written += part.length;
  }

  /** What was appended, from its beginning. */
  read(): AsyncIterable<Buffer> {
    return this.handle.createReadStream({ start: 0, autoClose: false });
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}
