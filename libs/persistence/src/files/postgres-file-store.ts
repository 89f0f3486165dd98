import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { connectionPool } from '../data-source';
import { FileStore, type ByteSpan } from './file-store';

/** Bytes of each part but the last. */
const CHUNK_BYTES = 256 * 1024;

/** Keeps files in the database: they are in its backups, and every node has them. */
@Injectable()
export class PostgresFileStore extends FileStore {
  constructor(private readonly dataSource: DataSource) {
    super();
  }

  async keep(manager: EntityManager, fileId: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    let index = 0;
    for await (const data of inChunks(content)) {
      await manager.query('INSERT INTO exchange_file_chunks (file_id, index, data) VALUES ($1, $2, $3)', [
        fileId,
        index,
        data,
      ]);
      index += 1;
    }
  }

  async *read(fileId: string, { first, last }: ByteSpan = { first: 0, last: Infinity }): AsyncIterable<Buffer> {
    // One part at a time: a slow reader holds neither a connection nor the file in memory.
    for (let index = Math.floor(first / CHUNK_BYTES); index * CHUNK_BYTES <= last; index += 1) {
      const { rows } = await connectionPool(this.dataSource).query<{ data: Buffer }>({
        name: 'read-file-chunk',
        text: 'SELECT data FROM exchange_file_chunks WHERE file_id = $1 AND index = $2',
        values: [fileId, index],
      });
      const [row] = rows;
      if (row === undefined) return;
      const start = index * CHUNK_BYTES;
      yield row.data.subarray(Math.max(0, first - start), last - start + 1);
    }
  }

  async drop(manager: EntityManager, fileId: string): Promise<void> {
    await manager.query('DELETE FROM exchange_file_chunks WHERE file_id = $1', [fileId]);
  }
}

async function* inChunks(content: AsyncIterable<Uint8Array>): AsyncIterable<Buffer> {
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of content) {
    waiting.push(part);
    bytes += part.length;
    if (bytes < CHUNK_BYTES) continue;
    let whole = Buffer.concat(waiting);
    for (; whole.length >= CHUNK_BYTES; whole = whole.subarray(CHUNK_BYTES)) yield whole.subarray(0, CHUNK_BYTES);
    waiting = [whole];
    bytes = whole.length;
  }
  if (bytes > 0) yield Buffer.concat(waiting);
}
