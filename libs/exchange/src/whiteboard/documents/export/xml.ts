// What XML 1.0 (§2.2) has no place for, not even escaped: control characters, and halves of characters.

const impossible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text as it may stand in XML, within an element and within an attribute. */
export function xmlText(text: string): string {
  return text.replace(impossible, '').replace(/[&<>"']/gu, (character) => entities[character] ?? '');
}
