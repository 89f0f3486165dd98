/** One person's place in an exchange; both count from 0. */
export interface Seat {
  readonly exchange: number;
  readonly place: number;
}

/** What someone hears, told by their connection. */
export interface Hearing {
  /** A cursor moved: `number` of those of the exchange that it says it is of. */
  readonly cursor: (number: number, exchange: number) => void;
  /** Something was said in the exchange's text, known by its id. */
  readonly chat: (id: string) => void;
  /** The server has taken what one said oneself. */
  readonly ack: (id: string) => void;
  /** What must not happen: an error, or an end of the connection that nobody asked for. */
  readonly trouble: (what: string) => void;
}

/** Someone who is in all topics of an exchange. */
export interface Guest {
  /** Says where the pointer is: to everyone on the whiteboard, and nobody keeps it. */
  cursor(number: number): void;
  /** Says something in the exchange's text, and wants to know that it was taken. */
  chat(id: string): void;
  leave(): Promise<void>;
}

/** Who comes in. */
export interface Arrival {
  readonly seat: Seat;
  readonly hearing: Hearing;
}

/** A running server with exchanges in it. */
export interface Venue {
  /** All processes of the server. */
  readonly pids: readonly number[];
  /** Processes that it works with and that are not counted as its own. */
  readonly helpers: readonly number[];
  /** Whether server and generator have a core each. */
  readonly pinned: boolean;
  /** Connects several to all topics of their exchange, as fast as set-up can be. */
  enter(arrivals: readonly Arrival[]): Promise<readonly Guest[]>;
  /** Connects one as a page of it would, with everything that this takes. */
  comeIn(arrival: Arrival): Promise<Guest>;
  /** How many stored messages it has; undefined for one that keeps none. */
  kept(): Promise<number | undefined>;
  stop(): Promise<void>;
}

export type Feature = 'text' | 'call' | 'whiteboard';
export const allFeatures: readonly Feature[] = ['text', 'call', 'whiteboard'];

/** How many are expected, and how the server is started for them. */
export interface VenueOptions {
  readonly exchanges: number;
  /** In each exchange. */
  readonly people: number;
  /** What each of them is in. */
  readonly topics: readonly Feature[];
  /** Another build of our server, inside the workspace. */
  readonly program?: string | undefined;
  /** The folder in which our server leaves its CPU profile when it ends. */
  readonly profile?: string | undefined;
  /** Further settings of Node for the server, whichever it is. */
  readonly nodeOptions?: readonly string[];
}

/** A kind of server that can be started. */
export interface VenueKind {
  readonly name: string;
  readonly version: string;
  missing(): Promise<string | undefined>;
  start(options: VenueOptions): Promise<Venue>;
}
