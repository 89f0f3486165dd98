import { Link, type LinkEvents } from './link';
import { FakeClock } from './testing/fake-clock';

function open() {
  const clock = new FakeClock();
  const listeners = new Map<string, (event: { data: unknown; code: number }) => void>();
  const socket = { addEventListener: listeners.set.bind(listeners), send: jest.fn(), close: jest.fn() };
  const events: jest.Mocked<LinkEvents> = { opened: jest.fn(), frame: jest.fn(), ended: jest.fn() };
  const link = new Link(socket, clock, 40_000, events);
  const emit = (type: string, event: { data?: unknown; code?: number } = {}) =>
    listeners.get(type)?.({ data: undefined, code: 0, ...event });
  return { clock, socket, events, link, emit };
}

const frame = { type: 'message', topic: 'a/b:1', sender: null, store: false, timestamp: 'now', payload: 'café' };

describe('Link', () => {
  it('says nothing more once it was closed, whatever its socket still says', () => {
    const { clock, socket, events, link, emit } = open();
    link.close();
    for (const type of ['open', 'message', 'error', 'close']) emit(type, { data: JSON.stringify(frame), code: 1006 });
    expect(socket.close).toHaveBeenCalledWith(1000);
    for (const event of Object.values(events)) expect(event).not.toHaveBeenCalled();
    expect(clock.pending).toBe(0);
  });

  it('tells its end once', () => {
    const { events, emit, clock } = open();
    emit('open');
    emit('error');
    emit('close', { code: 1012 });
    emit('close', { code: 1006 });
    expect(events.ended.mock.calls).toEqual([[1012]]);
    expect(clock.pending).toBe(0);
  });

  it('hands frames on and keeps pings and rubbish to itself', () => {
    const { socket, events, emit } = open();
    emit('open');
    for (const data of [
      JSON.stringify(frame),
      'rubbish',
      new ArrayBuffer(1),
      JSON.stringify({ ...frame, type: 'ping' }),
    ]) {
      emit('message', { data });
    }
    expect(events.frame.mock.calls).toEqual([[frame]]);
    expect(socket.send.mock.calls).toEqual([['{"action":"pong"}']]);
  });

  it('[L3] ends when it hears nothing for too long, whatever it hears counting as something', async () => {
    const { clock, socket, events, emit } = open();
    emit('open');
    await clock.advance(39_000);
    emit('message', { data: 'rubbish' });
    await clock.advance(39_000);
    expect(events.ended).not.toHaveBeenCalled();
    await clock.advance(1_000);
    expect(events.ended.mock.calls).toEqual([[undefined]]);
    expect(socket.close).toHaveBeenCalledTimes(1);
  });
});
