import type { DeviceChoice, DeviceKind } from './device-state';

export type ChoiceStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * The choices of last time, by kind. The label is kept with the id: browsers give new ids once the site's data were
 * cleared, and in some private windows at every visit.
 */
export class Remembered {
  readonly #storage: ChoiceStorage | undefined;

  constructor(storage: ChoiceStorage | undefined) {
    this.#storage = storage;
  }

  read(kind: DeviceKind): DeviceChoice | undefined {
    return parse(this.#attempt((storage) => storage.getItem(key(kind))));
  }

  write(kind: DeviceKind, choice: DeviceChoice | undefined): void {
    this.#attempt((storage) =>
      choice === undefined ? storage.removeItem(key(kind)) : storage.setItem(key(kind), JSON.stringify(choice)),
    );
  }

  /** Storage throws where it is full or forbidden. Then a choice lasts as long as the page, which hurts nobody. */
  #attempt<T>(use: (storage: ChoiceStorage) => T): T | undefined {
    if (this.#storage === undefined) return undefined;
    try {
      return use(this.#storage);
    } catch {
      return undefined;
    }
  }
}

function key(kind: DeviceKind): string {
  return `parley.device.${kind}`;
}

function parse(text: string | null | undefined): DeviceChoice | undefined {
  if (text == null) return undefined;
  try {
    const { id, label } = JSON.parse(text) as { id?: unknown; label?: unknown };
    return typeof id === 'string' && typeof label === 'string' ? { id, label } : undefined;
  } catch {
    // Something else wrote there: the same as nothing.
    return undefined;
  }
}
