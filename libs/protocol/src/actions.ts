/** Reserved names that a client may send (F2). */
export const clientActions = ['subscribe', 'unsubscribe', 'load-subscribers', 'load-messages', 'ping', 'pong'] as const;
export type ClientAction = (typeof clientActions)[number];

/** Every name that no custom action may have (F2). */
export const reservedNames = [
  ...clientActions,
  'subscriber',
  'unsubscriber',
  'allowance',
  'ack',
  'error',
  'drain',
] as const;
export type ReservedName = (typeof reservedNames)[number];

const customGrammar = /^[a-z][a-z0-9-]{0,63}$/;
const reserved: ReadonlySet<string> = new Set(reservedNames);
const sendable: ReadonlySet<string> = new Set(clientActions);

export function isClientAction(action: string): action is ClientAction {
  return sendable.has(action);
}

/** @example isCustomAction('message') // true; isCustomAction('ack') // false */
export function isCustomAction(action: string): boolean {
  return customGrammar.test(action) && !reserved.has(action);
}
