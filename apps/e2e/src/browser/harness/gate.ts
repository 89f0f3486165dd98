import type { Page, WebSocketRoute } from '@playwright/test';

/** What a page needs for its socket, to be shut while everything else still loads. */
export class Gate {
  private isClosed = false;
  private readonly sockets = new Set<WebSocketRoute>();

  /** Call it before the page opens a socket. It holds for every page that is loaded in this tab. */
  static async on(page: Page): Promise<Gate> {
    const gate = new Gate();
    await page.route('**/api/ticket', (route) => (gate.isClosed ? route.abort('connectionfailed') : route.fallback()));
    await page.routeWebSocket(/\/sock\?/, (socket) => {
      socket.connectToServer();
      gate.sockets.add(socket);
    });
    return gate;
  }

  /**
   * Ends the sockets there are and lets no other through.
   *
   * @param code what the page is told, as if by the server
   */
  async close(code = 1013): Promise<void> {
    this.isClosed = true;
    await Promise.all([...this.sockets].map((socket) => socket.close({ code })));
    this.sockets.clear();
  }

  open(): void {
    this.isClosed = false;
  }
}
