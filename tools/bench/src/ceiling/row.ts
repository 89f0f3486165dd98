/** A row of `topic_messages`, in the order of {@link COLUMNS}. */
export type Row = readonly [
  topic: string,
  seq: number,
  userId: string,
  sender: string,
  action: string,
  clientId: string,
  payload: string,
  createdAt: string,
];

export const COLUMNS = ['topic', 'seq', 'user_id', 'sender', 'action', 'client_id', 'payload', 'created_at'] as const;
export const TYPES = ['varchar', 'bigint', 'uuid', 'varchar', 'varchar', 'varchar', 'json', 'timestamptz'] as const;

/** Topics of one connection: rows go to them in turns, as those of many people at once do. */
const TOPICS = 10;

/** The payload of every message of this workload: a short line of chat. */
export function payload(number: number): { text: string; number: number } {
  return { text: 'See you there, café 日本語', number };
}

/** Gives rows as the server would write them, each once, with everything decided. */
export class RowSource {
  private given = 0;

  /** @param name of its topics and senders, so that they are nobody else's */
  constructor(
    private readonly name: string,
    private readonly userId: string,
  ) {}

  next(): Row {
    const number = this.given;
    this.given += 1;
    const seq = Math.floor(number / TOPICS) + 1;
    return [
      `bench/${this.name}:${number % TOPICS}`,
      seq,
      this.userId,
      this.name,
      'message',
      `${this.name}-${number}`,
      JSON.stringify(payload(number)),
      new Date().toISOString(),
    ];
  }
}
