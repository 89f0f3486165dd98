import { openWebSocket } from './web-socket-like';

describe('openWebSocket', () => {
  const platform = globalThis as { WebSocket?: unknown };
  const { WebSocket: original } = platform;

  afterEach(() => {
    platform.WebSocket = original;
  });

  it("opens the platform's socket", () => {
    const opened = jest.fn();
    platform.WebSocket = class {
      constructor(url: string) {
        opened(url);
      }
    };
    openWebSocket('ws://parley.example.org/sock');
    expect(opened).toHaveBeenCalledWith('ws://parley.example.org/sock');
  });

  it('says what to do where there is none', () => {
    platform.WebSocket = undefined;
    expect(() => openWebSocket('ws://parley.example.org/sock')).toThrow('Give the client one');
  });
});
