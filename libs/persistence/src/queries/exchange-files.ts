import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { ExchangeFileRow } from '../entities';
import { FileStore } from '../files/file-store';

/** Why a file was not kept: the exchange takes none any more, whoever brings it takes no part, or there are too many. */
export type FileRefusal = 'closed' | 'missing' | 'full';

/** What became of a wish to remove a file. */
export type FileRemoval = 'removed' | Exclude<FileRefusal, 'full'>;

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

  /**
   * Takes a file away, content and all, unless the exchange has ended meanwhile.
   *
   * @param by who wants that, and takes part in the exchange
   */
  remove(exchangeId: string, id: string, by: string): Promise<FileRemoval> {
    return this.dataSource.transaction(async (manager) => {
      const state = await stateOf(manager, exchangeId, by);
      if (state === undefined) return 'missing';
      if (state.closed) return 'closed';
      if (!(await manager.existsBy(ExchangeFileRow, { id, exchangeId }))) return 'missing';
      await this.store.drop(manager, id);
      await manager.delete(ExchangeFileRow, { id });
      return 'removed';
    });
  }
}

/** Rolls the transaction back. */
class Refused extends Error {
  constructor(readonly refusal: FileRefusal) {
    super(refusal);
  }
}

interface ExchangeState {
  readonly closed: boolean;
  readonly files: number;
}

/**
 * Holds the booking until the commit, so that nothing of it changes in between, and two uploads are counted in turn.
 *
 * @returns undefined when this user takes no part in it
 */
async function stateOf(manager: EntityManager, exchangeId: string, userId: string): Promise<ExchangeState | undefined> {
  await manager.query('SELECT FROM bookings WHERE id = $1 FOR NO KEY UPDATE', [exchangeId]);
  const [state] = await manager.query<ExchangeState[]>(
    `SELECT cancelled_at IS NOT NULL OR ended_at IS NOT NULL AS closed,
        (SELECT count(*)::int FROM exchange_files WHERE exchange_id = bookings.id) AS files
      FROM bookings JOIN booking_participants ON booking_id = bookings.id AND user_id = $2 AND removed_at IS NULL
        LEFT JOIN exchanges ON exchanges.id = bookings.id
      WHERE bookings.id = $1`,
    [exchangeId, userId],
  );
  return state;
}

async function refusalOf(manager: EntityManager, file: NewFile, max: number): Promise<FileRefusal | undefined> {
  const state = await stateOf(manager, file.exchangeId, file.addedBy);
  if (state === undefined) return 'missing';
  if (state.closed) return 'closed';
  return state.files > max ? 'full' : undefined;
}
