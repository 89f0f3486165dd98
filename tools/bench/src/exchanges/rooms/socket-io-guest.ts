import { RawSocket } from '../../load';
import { cursorPayload } from '../cursor-text';
import { RoomGuest, type RoomArrival } from './room-guest';

/** A client of socket.io over its WebSocket transport: Engine.IO 4, Socket.IO 5. */
export class SocketIoGuest extends RoomGuest {
  /** By the number under which the server acknowledges them. */
  private readonly unacknowledged = new Map<number, string>();
  private asked = 0;

  static async open(arrival: RoomArrival): Promise<SocketIoGuest> {
    const socket = await RawSocket.open(`ws://127.0.0.1:${arrival.port}/socket.io/?EIO=4&transport=websocket`);
    const guest = new SocketIoGuest(socket, arrival);
    await guest.await('open');
    socket.send('40');
    await guest.await('connected');
    socket.send(`420["join",${JSON.stringify(arrival.rooms.all)}]`);
    await guest.await('joined');
    return guest;
  }

  cursor(number: number): void {
    const { rooms, seat } = this.arrival;
    this.socket.send(`42["cursor","${rooms.whiteboard}",${cursorPayload(number, seat.exchange)}]`);
  }

  chat(id: string): void {
    this.asked += 1;
    this.unacknowledged.set(this.asked, id);
    const { rooms } = this.arrival;
    this.socket.send(`42${this.asked}["chat","${rooms.text}",{"id":"${id}","text":"See you there, café 日本語"}]`);
  }

  protected override read(text: string): void {
    const { hearing } = this.arrival;
    const [, number] = /^43(\d+)\[/.exec(text) ?? [];
    if (text === '2') this.socket.send('3');
    else if (text.startsWith('0{')) this.came('open');
    else if (text.startsWith('40{')) this.came('connected');
    else if (number === '0') this.came('joined');
    else if (number !== undefined) hearing.ack(this.unacknowledged.get(Number(number)) ?? '');
    else if (text.startsWith('42["chat",')) {
      const [, message] = JSON.parse(text.slice(2)) as [string, { id: string }];
      hearing.chat(message.id);
    } else hearing.trouble(text);
  }
}
