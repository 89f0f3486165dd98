/** Names that every server takes as a room, subject, channel or part of an address; as long as ours. */
export function topicNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `exchange_text_${String(index).padStart(36, '0')}`);
}
