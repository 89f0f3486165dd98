import { Call, DeviceDesk, type CallActions, type OwnState, type Tracks } from '../index';
import type { SocketClient } from '@parley/client';
import { iceServers } from '@parley/protocol';
import { combineLatest } from 'rxjs';

/** Joins the call of an exchange, and shows everyone's picture in `stage` for as long as it lasts. */
export async function joinCall(client: SocketClient, exchange: string, me: string, stage: HTMLElement): Promise<Call> {
  const call = new Call({
    channel: client.channel<CallActions>(`exchange/call:${exchange}`),
    me,
    iceServers: async () => iceServers.parse(await (await fetch(`/api/exchanges/${exchange}/ice-servers`)).json()),
  });
  call.open();

  const desk = new DeviceDesk();
  await Promise.all([desk.start('microphone'), desk.start('camera')]);
  const { microphone, camera } = desk.current;
  const own: OwnState = {
    microphone: microphone.track === undefined ? 'none' : 'on',
    camera: camera.track === undefined ? 'none' : 'on',
    screen: false,
  };
  const tracks: Tracks = {
    ...(microphone.track === undefined ? {} : { microphone: microphone.track }),
    ...(camera.track === undefined ? {} : { camera: camera.track }),
  };
  call.join(own, tracks);

  const tiles = new Map<string, HTMLVideoElement>();
  combineLatest([call.members, call.peers]).subscribe(([members, peers]) => {
    for (const [userId, tile] of tiles) {
      if (peers.has(userId)) continue;
      tile.remove();
      tiles.delete(userId);
    }
    for (const { userId } of members) {
      const media = peers.get(userId);
      if (media === undefined) continue;
      const tile = tiles.get(userId) ?? stage.appendChild(document.createElement('video'));
      tiles.set(userId, tile);
      tile.autoplay = true;
      // The same tracks for as long as a connection lives: exchange the stream only when they are others.
      const wanted = [media.tracks.microphone, media.tracks.camera].filter((track) => track !== undefined);
      const shown = tile.srcObject instanceof MediaStream ? tile.srcObject.getTracks() : [];
      if (!wanted.every((track) => shown.includes(track))) tile.srcObject = new MediaStream(wanted);
      tile.classList.toggle('dimmed', media.state !== 'connected');
    }
  });
  return call;
}
