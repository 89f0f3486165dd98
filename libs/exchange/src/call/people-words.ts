import { nameList } from '../person/name-list';

/** Who is in the call, in a sentence. @example inTheCall(['Ann', 'Ben']) // 'Ann and Ben are in the call.' */
export function inTheCall(names: readonly string[]): string {
  if (names.length === 0) return 'Nobody is in the call.';
  return `${nameList(names)} ${names.length === 1 ? 'is' : 'are'} in the call.`;
}
