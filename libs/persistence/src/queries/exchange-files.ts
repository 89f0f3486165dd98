import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { ExchangeFileRow } from '../entities';
import { FileStore } from '../files/file-store';

/** Why a file was not kept: the exchange takes none any more, whoever brings it takes no part, or there are too many. */
export type FileRefusal = 'closed' | 'missing' | 'full';

/** What is known of a file before it is kept. */
export type NewFile = Omit<ExchangeFileRow, 'addedAt' | 'booking' | 'adder'>;

/** The files of exchanges (A8). */
@Injectable()
export class ExchangeFiles {
  constructor(
    private readonly dataSource: DataSource,
    private readonly store: FileStore,
  ) {}

  /** The newest first. */
  list(exchangeId: string): Promise<ExchangeFileRow[]> {
    return this.dataSource
      .getRepository(ExchangeFileRow)
      .find({ where: { exchangeId }, order: { addedAt: 'DESC', id: 'DESC' } });
  }

  count(exchangeId: string): Promise<number> {
    return this.dataSource.getRepository(ExchangeFileRow).countBy({ exchangeId });
  }

  /** Null when this exchange has no such file. */
  find(exchangeId: string, id: string): Promise<ExchangeFileRow | null> {
    return this.dataSource.getRepository(ExchangeFileRow).findOneBy({ exchangeId, id });
  }

  /**
   * Keeps a file whole or not at all. Whether it may be kept is asked at the end: while a large one was written,
   * the meeting may have ended.
   *
   * @param max files of one exchange
   */
  async add(file: NewFile, content: AsyncIterable<Uint8Array>, max: number): Promise<ExchangeFileRow | FileRefusal> {
    try {
      return await this.dataSource.transaction(async (manager) => {
        await manager.insert(ExchangeFileRow, file);
        await this.store.keep(manager, file.id, content);
        const refusal = await refusalOf(manager, file, max);
        if (refusal !== undefined) throw new Refused(refusal);
        return manager.findOneByOrFail(ExchangeFileRow, { id: file.id });
      });
    } catch (error) {
      if (error instanceof Refused) return error.refusal;
      throw error;
    }
  }

  async remove(id: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await this.store.drop(manager, id);
      await manager.delete(ExchangeFileRow, { id });
    });
  }
}

/** Rolls the transaction back. */
class Refused extends Error {
  constructor(readonly refusal: FileRefusal) {
    super(refusal);
  }
}

/** Holds the booking until the commit, so that nothing of it changes in between, and two uploads are counted in turn. */
async function refusalOf(manager: EntityManager, file: NewFile, max: number): Promise<FileRefusal | undefined> {
  await manager.query('SELECT FROM bookings WHERE id = $1 FOR NO KEY UPDATE', [file.exchangeId]);
  const [row] = await manager.query<{ closed: boolean; files: number }[]>(
    `SELECT cancelled_at IS NOT NULL OR ended_at IS NOT NULL AS closed,
        (SELECT count(*)::int FROM exchange_files WHERE exchange_id = bookings.id) AS files
      FROM bookings JOIN booking_participants ON booking_id = bookings.id AND user_id = $2 AND removed_at IS NULL
        LEFT JOIN exchanges ON exchanges.id = bookings.id
      WHERE bookings.id = $1`,
    [file.exchangeId, file.addedBy],
  );
  if (row === undefined) return 'missing';
  if (row.closed) return 'closed';
  return row.files > max ? 'full' : undefined;
}
