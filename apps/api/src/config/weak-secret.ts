const words = /change.?(me|this|it)|example|default|password|secret|keyboard.?cat|development|insecure|parley/i;

/** Whether a secret reads like one from a document instead of from a random generator. */
export function looksLikeDefault(secret: string): boolean {
  return words.test(secret) || new Set(secret).size < 10;
}
