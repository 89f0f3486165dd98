/** The part of a WebSocket that the client uses; the browser's, Node's and the package `ws`'s all have it. */
export interface WebSocketLike {
  addEventListener(type: 'open' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close', listener: (event: { readonly code: number }) => void): void;
  send(text: string): void;
  close(code?: number, reason?: string): void;
}

/** Opens the platform's own WebSocket. @throws Error where there is none; then give `webSocket`. */
export function openWebSocket(url: string): WebSocketLike {
  const { WebSocket } = globalThis as { WebSocket?: new (url: string) => WebSocketLike };
  if (WebSocket === undefined) throw new Error('There is no WebSocket here. Give the client one: `webSocket`.');
  return new WebSocket(url);
}
