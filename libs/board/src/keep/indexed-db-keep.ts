import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { BoardKeep, KeptUpdate } from './board-keep';

const NAME = 'parley-board';

interface Kept {
  /** `userId topic` */
  readonly board: string;
  readonly update: Uint8Array;
}

interface Schema extends DBSchema {
  updates: { key: number; value: Kept; indexes: { board: string } };
}

/** Keeps in the browser's IndexedDB, which all windows of this origin share. */
export class IndexedDbKeep implements BoardKeep {
  readonly #board: string;
  #opened: Promise<IDBPDatabase<Schema>> | undefined;

  constructor(userId: string, topic: string) {
    this.#board = `${userId} ${topic}`;
  }

  async read(): Promise<readonly KeptUpdate[]> {
    const transaction = (await this.#database()).transaction('updates');
    const index = transaction.store.index('board');
    const [keys, values] = await Promise.all([index.getAllKeys(this.#board), index.getAll(this.#board)]);
    return keys.flatMap((key, place) => {
      const update: unknown = values[place]?.update;
      return update instanceof Uint8Array ? [{ key, update }] : [];
    });
  }

  async add(update: Uint8Array): Promise<number> {
    return (await this.#database()).add('updates', { board: this.#board, update });
  }

  async remove(keys: readonly number[]): Promise<void> {
    const transaction = (await this.#database()).transaction('updates', 'readwrite');
    await Promise.all([...keys.map((key) => transaction.store.delete(key)), transaction.done]);
  }

  async #database(): Promise<IDBPDatabase<Schema>> {
    this.#opened ??= open((closed) => {
      if (this.#opened === closed) this.#opened = undefined;
    });
    try {
      return await this.#opened;
    } catch (error) {
      // The next one tries again.
      this.#opened = undefined;
      throw error;
    }
  }
}

function open(onClosed: (database: Promise<IDBPDatabase<Schema>>) => void): Promise<IDBPDatabase<Schema>> {
  const opened: Promise<IDBPDatabase<Schema>> = openDB<Schema>(NAME, 1, {
    upgrade(database) {
      database.createObjectStore('updates', { autoIncrement: true }).createIndex('board', 'board');
    },
    blocking(_version, _blocked, event) {
      // Another window wants to delete it, or is of a newer version: it must not wait for this one.
      (event.target as IDBDatabase).close();
      onClosed(opened);
    },
    terminated: () => onClosed(opened),
  });
  return opened;
}

/** Forgets what is kept of every board: call it when the user signs out. */
export function forgetKeptBoards(): Promise<void> {
  return deleteDB(NAME);
}
