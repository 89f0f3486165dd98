const grammar = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether Postgres would take it for a uuid, in the one spelling in which we give it out. */
export function isUuid(text: string): boolean {
  return grammar.test(text);
}
