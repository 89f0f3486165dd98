/** Where the files of an exchange are (A8). */
export function filesAddress(exchangeId: string): string {
  return `/api/exchanges/${encodeURIComponent(exchangeId)}/files`;
}

/** Where the bytes of one are. */
export function fileAddress(exchangeId: string, fileId: string): string {
  return `${filesAddress(exchangeId)}/${encodeURIComponent(fileId)}`;
}
