/** A row of `topic_messages`. */
export interface Row {
  readonly topic: string;
  readonly seq: number;
  /** The message's id. */
  readonly id: string;
  /** What it says: another for every message that somebody wrote, whatever its id became. */
  readonly said: string;
}

/** A message as a client showed it. */
export interface Seen {
  readonly id: string;
  readonly said: string;
  readonly seq?: number | undefined;
}

/** A message with an offset as it came over the wire, whatever the client made of it. */
export interface Heard {
  readonly id: string;
  readonly epoch: string;
  readonly offset: number;
  /** The offset that came before it on this subscription; of the first one, where the subscription began. */
  readonly previous: number;
}

/** What one client showed between its start and its end, in that order. */
export interface Life {
  /** It was there before the first message. */
  readonly fromStart: boolean;
  /** It was there after the last one. */
  readonly toEnd: boolean;
  readonly seen: readonly Seen[];
  readonly heard: readonly Heard[];
}

/** One person in one topic, through one client after the other. */
export interface Witness {
  readonly name: string;
  readonly topic: string;
  /** Acknowledged id of a stored message to the `seq` in its ack; undefined when the ack had none. */
  readonly acks: ReadonlyMap<string, number | undefined>;
  readonly lives: readonly Life[];
}

/** How often each rule was broken. All must be 0. */
export interface Counts {
  /** Acknowledged, and not in the table (P2). */
  lost: number;
  /** In the table, and never shown to someone who was subscribed (H2, S3). */
  unseen: number;
  /** A stored message shown again (H3). */
  twice: number;
  /** A stored message shown after one with a higher `seq` (P6). */
  disordered: number;
  /** Shown as stored, and not in the table under that number (P2). */
  phantom: number;
  /** A number missing in the table between 1 and a topic's last. */
  gaps: number;
  /** A message with two rows (P3). */
  doubled: number;
  /** Acknowledged with another `seq` than the table has, or with none (P3). */
  misnumbered: number;
  /** An unstored message shown more often than there were epochs in which it came (P3). */
  unstoredTwice: number;
  /** An `offset` that does not follow the one before it in its subscription (P6, S3). */
  offsets: number;
}

export interface Verdict {
  readonly counts: Counts;
  /** Who, where, which message; no contents. */
  readonly evidence: readonly string[];
}

/** Evidence beyond this many lines helps nobody. */
const EVIDENCE_LINES = 100;

/** Compares what was acknowledged, what each saw, and what the table holds, once everything is at rest. */
export function check(rows: readonly Row[], witnesses: readonly Witness[]): Verdict {
  const checker = new Checker(rows);
  checker.checkTable();
  for (const witness of witnesses) checker.checkWitness(witness);
  return { counts: checker.counts, evidence: checker.evidence };
}

class Checker {
  readonly counts: Counts = {
    lost: 0,
    unseen: 0,
    twice: 0,
    disordered: 0,
    phantom: 0,
    gaps: 0,
    doubled: 0,
    misnumbered: 0,
    unstoredTwice: 0,
    offsets: 0,
  };
  readonly evidence: string[] = [];
  private readonly byTopic = new Map<string, Row[]>();
  private readonly seqById = new Map<string, number>();
  private readonly seqBySaid = new Map<string, number>();

  constructor(rows: readonly Row[]) {
    for (const row of rows) {
      const own = this.byTopic.get(row.topic);
      if (own === undefined) this.byTopic.set(row.topic, [row]);
      else own.push(row);
    }
    for (const own of this.byTopic.values()) own.sort((one, other) => one.seq - other.seq);
  }

  checkTable(): void {
    for (const [topic, rows] of this.byTopic) {
      let expected = 1;
      for (const { seq, id, said } of rows) {
        if (seq !== expected) this.found('gaps', `${topic}: seq ${seq} follows ${expected - 1}`);
        expected = seq + 1;
        const other = this.seqBySaid.get(said);
        if (other !== undefined) this.found('doubled', `${topic}: ${said} has seq ${other} and ${seq}`);
        this.seqBySaid.set(said, seq);
        this.seqById.set(idKey(topic, id), seq);
      }
    }
  }

  checkWitness(witness: Witness): void {
    for (const [id, seq] of witness.acks) {
      const kept = this.seqById.get(idKey(witness.topic, id));
      if (kept === undefined) this.found('lost', `${witness.name}: ${id} acknowledged as ${seq}, not in the table`);
      else if (kept !== seq) {
        this.found('misnumbered', `${witness.name}: ${id} acknowledged as ${seq}, in the table as ${kept}`);
      }
    }
    for (const [number, life] of witness.lives.entries()) {
      const who = `${witness.name} (client ${number + 1} of ${witness.lives.length})`;
      this.checkStored(who, witness.topic, life);
      this.checkUnstored(who, life);
      this.checkOffsets(who, life);
    }
  }

  private checkStored(who: string, topic: string, life: Life): void {
    const rows = this.byTopic.get(topic) ?? [];
    const shown = new Set<number>();
    const heard = new Set<string>();
    let highest = 0;
    for (const { seq, id, said } of life.seen) {
      if (seq === undefined) continue;
      if (rows[seq - 1]?.id !== id) this.found('phantom', `${who}: ${id} shown as ${seq}, which the table has not`);
      if (shown.has(seq) || heard.has(said)) this.found('twice', `${who}: ${id} (${seq}) shown again`);
      else if (seq < highest) this.found('disordered', `${who}: ${id} (${seq}) shown after ${highest}`);
      shown.add(seq);
      heard.add(said);
      highest = Math.max(highest, seq);
    }
    const first = life.fromStart ? 1 : Math.min(...shown);
    const last = life.toEnd ? Number.POSITIVE_INFINITY : highest;
    for (const { seq, id } of rows) {
      if (seq < first || seq > last || shown.has(seq)) continue;
      this.found('unseen', `${who}: ${id} (${seq}) was never shown; shown are ${first} to ${highest}`);
    }
  }

  private checkUnstored(who: string, { seen, heard }: Life): void {
    const epochs = new Map<string, Set<string>>();
    for (const { id, epoch } of heard) epochs.set(id, (epochs.get(id) ?? new Set()).add(epoch));
    const shown = new Map<string, number>();
    for (const { id, seq, said } of seen) {
      if (seq !== undefined) continue;
      const times = (shown.get(said) ?? 0) + 1;
      shown.set(said, times);
      const known = epochs.get(id)?.size ?? 0;
      if (times > known) this.found('unstoredTwice', `${who}: ${id} shown ${times} times, in ${known} epochs`);
    }
  }

  private checkOffsets(who: string, { heard }: Life): void {
    for (const { id, offset, previous, epoch } of heard) {
      if (offset === previous + 1) continue;
      this.found('offsets', `${who}: ${id} has offset ${offset}, after ${previous} (epoch ${epoch})`);
    }
  }

  private found(what: keyof Counts, line: string): void {
    this.counts[what] += 1;
    if (this.evidence.length < EVIDENCE_LINES) this.evidence.push(`${what}: ${line}`);
  }
}

/** Ids are the sender's own within a topic; the bench's senders have ids of their own in every topic. */
function idKey(topic: string, id: string): string {
  return `${topic} ${id}`;
}
