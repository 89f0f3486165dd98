import type { BrowserContext, Page } from '@playwright/test';

/** Lines that are kept of each page, the latest. */
const KEPT = 500;

declare global {
  interface Window {
    tellDiary?: (words: string) => void;
  }
}

/** What one person's pages did and were told, for whoever seeks the cause of what went wrong. */
export class Diary {
  private readonly lines: string[] = [];

  constructor(private readonly now: () => number) {}

  write(words: string): void {
    this.lines.push(`${String(this.now()).padStart(7)} ${words}`);
    if (this.lines.length > KEPT) this.lines.shift();
  }

  get text(): string {
    return this.lines.join('\n');
  }

  /** Notes what the connections of every page of this context go through. */
  async watchLinks(context: BrowserContext): Promise<void> {
    await context.exposeBinding('tellDiary', (_, words: string) => this.write(words));
    await context.addInitScript(() => {
      let links = 0;
      const tell = (words: string): void => window.tellDiary?.(words);
      window.RTCPeerConnection = class extends RTCPeerConnection {
        private readonly name = `link ${(links += 1)}`;

        constructor(configuration?: RTCConfiguration) {
          super(configuration);
          tell(`${this.name} made, ${configuration?.iceTransportPolicy ?? 'all'}`);
          for (const event of ['connectionstatechange', 'iceconnectionstatechange', 'signalingstatechange']) {
            this.addEventListener(event, () => {
              const states = [this.connectionState, this.iceConnectionState, this.signalingState];
              tell(`${this.name} ${event}: ${states.join(' ')}`);
            });
          }
        }

        override async setLocalDescription(description?: RTCLocalSessionDescriptionInit): Promise<void> {
          await super.setLocalDescription(description);
          tell(`${this.name} said ${this.localDescription?.type}`);
        }

        override async setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
          tell(`${this.name} hears ${description.type} in ${this.signalingState}`);
          await super.setRemoteDescription(description);
        }

        override restartIce(): void {
          tell(`${this.name} restarts ICE`);
          super.restartIce();
        }

        override close(): void {
          tell(`${this.name} closed`);
          super.close();
        }
      };
    });
  }

  /** Notes what is said of the call over the page's sockets. */
  watchSockets(page: Page): void {
    page.on('websocket', (socket) => {
      this.write('socket opened');
      socket.on('close', () => this.write('socket closed'));
      socket.on('framesent', ({ payload }) => this.frame('>', String(payload)));
      socket.on('framereceived', ({ payload }) => this.frame('<', String(payload)));
    });
  }

  private frame(direction: string, text: string): void {
    if (!text.includes('call')) return;
    const short = text
      .replace(/"sdp":"(?:[^"\\]|\\.)*?a=ice-ufrag:([^\\]+)(?:[^"\\]|\\.)*"/g, '"sdp":"…$1…"')
      .replace(/"candidates":\[.*?\}\]/g, (all) => `"candidates":${all.split('"candidate":').length - 1}`);
    this.write(`${direction} ${short.slice(0, 500)}`);
  }
}
