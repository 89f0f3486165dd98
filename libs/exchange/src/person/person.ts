/** Someone of this exchange, as every part of the page shows them. */
export interface Person {
  readonly userId: string;
  readonly name: string;
  /** `#rrggbb`, the same for a user everywhere (U2). */
  readonly colour: string;
}

/** What a message shows whose author the server no longer names. */
export const UNKNOWN_NAME = 'Someone';
