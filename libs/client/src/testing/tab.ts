import type { SocketClient } from '../socket-client';
import { keepIn } from '../storage-keep';
import { MemoryStorage } from './memory-storage';
import { ann, record, topic, World, type TextActions } from './world';

/** A tab of a browser: its storage outlives its pages. */
export function tab(world = new World(), storage = new MemoryStorage()) {
  /** A page that was loaded just now. */
  const load = (user = ann, options: Parameters<World['client']>[1] = {}) => {
    const client = world.client(user, { keep: keepIn(storage), ...options });
    const errors = record(client.errors$);
    return { client, errors, channel: client.channel<TextActions>(topic), statuses: record(client.status$) };
  };
  return { world, storage, load };
}

/** What a channel shows as its own and not delivered, whenever it is asked. */
export const shown = (client: SocketClient, of = topic) => {
  const lists = record(client.channel<TextActions>(of).outgoing);
  return () => lists.at(-1)?.map(({ id, failure }) => (failure === undefined ? id : `${id}: ${failure.message}`));
};
