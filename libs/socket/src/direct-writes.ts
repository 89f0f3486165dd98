import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** A write of which the kernel did not take all at once. */
interface UnderWay {
  /** Set when it was over before anyone could wait for it. */
  readonly writeStatus: number | null;
  oncomplete: (status: number) => void;
  /** Kept from being collected until it is written. */
  buffer: Uint8Array;
}

/** What Node's own sockets write through. */
interface Handle {
  /** @returns 0 when the kernel took everything, an error's number below 0, or what is under way; nothing when it is gone */
  writeBuffer(request: null, bytes: Uint8Array): number | UnderWay | undefined;
  /** Bytes that the kernel did not take yet. */
  readonly writeQueueSize?: number;
}

/** Whether this is known of that Node: 26.9 does not survive the `null`, which is so since 26.10. */
export function isKnownNode(version: string): boolean {
  const [major, minor] = version.split('.').map(Number);
  return major === 26 && minor !== undefined && minor >= 10;
}

const isKnown = isKnownNode(process.versions.node);

/**
 * Writes to a TCP socket past its stream, whose part of a small write is more than everything else that this server does
 * for it. What is written either way keeps its order as long as nothing waits in the stream. Not part of Node's documented
 * interface (its source: `lib/internal/stream_base_commons.js`), so whoever cannot have it writes to the stream.
 */
export class DirectWrites {
  private constructor(private readonly handle: Handle) {}

  /** @returns undefined where there is no way past the stream: another Node, TLS, no real socket */
  static to(socket: Duplex): DirectWrites | undefined {
    if (!isKnown || !(socket instanceof Socket)) return undefined;
    const { _handle: handle } = socket as { readonly _handle?: object };
    return handle?.constructor.name === 'TCP' && 'writeBuffer' in handle
      ? new DirectWrites(handle as Handle)
      : undefined;
  }

  /** Bytes that the kernel did not take yet, those of the stream included. */
  get queuedBytes(): number {
    return this.handle.writeQueueSize ?? 0;
  }

  /**
   * Not after the stream's `end()`: what is under way then is never over.
   *
   * @param done called later when the kernel did not take everything at once, with whether it has now
   * @returns whether it took everything; undefined when the connection is broken
   */
  write(bytes: Uint8Array, done: (isWritten: boolean) => void): boolean | undefined {
    const result = this.handle.writeBuffer(null, bytes);
    if (result === 0) return true;
    if (typeof result !== 'object') return undefined;
    if (result.writeStatus !== null) return result.writeStatus === 0 ? true : undefined;
    result.buffer = bytes;
    result.oncomplete = (status) => {
      done(status === 0);
    };
    return false;
  }
}
