import { RawSocket } from '../../load';
import { cursorPayload } from '../cursor-text';
import { RoomGuest, type RoomArrival } from './room-guest';

/** A client of Nest's WsAdapter, and of whatever speaks its `{ event, data }`. */
export class EventGuest extends RoomGuest {
  static async open(arrival: RoomArrival): Promise<EventGuest> {
    const guest = new EventGuest(await RawSocket.open(`ws://127.0.0.1:${arrival.port}/`), arrival);
    guest.socket.send(JSON.stringify({ event: 'join', data: arrival.rooms.all }));
    await guest.await('joined');
    return guest;
  }

  cursor(number: number): void {
    const { rooms, seat } = this.arrival;
    const payload = cursorPayload(number, seat.exchange);
    this.socket.send(`{"event":"cursor","data":{"room":"${rooms.whiteboard}","data":${payload}}}`);
  }

  chat(id: string): void {
    const { rooms } = this.arrival;
    const message = { id, text: 'See you there, café 日本語' };
    this.socket.send(JSON.stringify({ event: 'chat', data: { room: rooms.text, data: message } }));
  }

  protected override read(text: string): void {
    const { hearing } = this.arrival;
    const { event, data } = JSON.parse(text) as { event?: string; data: unknown };
    if (event === 'joined') this.came('joined');
    else if (event === 'ack') hearing.ack(String(data));
    else if (event === 'chat') hearing.chat((data as { id: string }).id);
    else hearing.trouble(text);
  }
}
