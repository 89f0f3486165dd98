/** A topic's name, taken apart: `exchange/text:6f1c` is namespace `exchange`, feature `text`, id `6f1c`. */
export interface Topic {
  readonly name: string;
  readonly namespace: string;
  readonly feature: string;
  readonly id: string;
}

const grammar = /^([a-z][a-z0-9-]{0,31})\/([a-z][a-z0-9-]{0,31}):([A-Za-z0-9_-]{1,64})$/;

/** Longest name that the grammar allows, in characters. */
export const MAX_TOPIC_LENGTH = 32 + 1 + 32 + 1 + 64;

/** Topics that were taken apart lately: nearly every name is one that was just read. */
const known = new Map<string, Topic>();
const MAX_KNOWN = 4_096;

/** @example parseTopic('exchange/text:6f1c')?.feature // 'text' */
export function parseTopic(name: string): Topic | undefined {
  if (name.length > MAX_TOPIC_LENGTH) return undefined;
  const before = known.get(name);
  if (before !== undefined) return before;
  const [, namespace, feature, id] = grammar.exec(name) ?? [];
  if (namespace === undefined || feature === undefined || id === undefined) return undefined;
  if (known.size >= MAX_KNOWN) known.clear();
  const topic = { name, namespace, feature, id };
  known.set(name, topic);
  return topic;
}

const namespaceGrammar = /^[a-z][a-z0-9-]{0,31}$/;

/** @example isNamespace('exchange') // true */
export function isNamespace(text: string): boolean {
  return namespaceGrammar.test(text);
}

/** @throws RangeError when a part does not follow the grammar. */
export function formatTopic(namespace: string, feature: string, id: string): string {
  const name = `${namespace}/${feature}:${id}`;
  if (parseTopic(name) === undefined) throw new RangeError(`Not a topic: ${name}`);
  return name;
}
