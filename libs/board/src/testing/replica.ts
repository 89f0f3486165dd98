import * as Y from 'yjs';
import { Scene } from '../scene/scene';

/** A board in one window, and what it sends. */
export class Replica {
  readonly doc = new Y.Doc();
  readonly scene: Scene;
  readonly sent: Uint8Array[] = [];

  constructor(readonly name: string) {
    this.scene = new Scene(this.doc, { author: name });
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'remote') this.sent.push(update);
    });
  }

  hear(updates: readonly Uint8Array[]): void {
    for (const update of updates) Y.applyUpdate(this.doc, update, 'remote');
  }
}

/** Each hears everything that the others sent. */
export function exchange(...replicas: Replica[]): void {
  const all = replicas.flatMap(({ sent }) => sent);
  for (const replica of replicas) replica.hear(all);
}
