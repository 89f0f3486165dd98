import type { CallMember, LinkQuality, MediaState, MediaTrouble, PeerMedia, Switch } from '@parley/call';
import type { FindPerson } from '../person/directory';
import type { Person } from '../person/person';

/** What one tile of the call shows: someone, or the screen that they share. */
export interface Tile {
  /** The same for as long as they are in the call, whatever else changes. */
  readonly key: string;
  readonly userId: string;
  readonly role: 'camera' | 'screen';
  readonly person: Person;
  readonly own: boolean;
  /** "You", "Ben", "Ben’s screen". */
  readonly label: string;
  readonly state: MediaState | 'self';
  readonly trouble: MediaTrouble | undefined;
  /** What is shown; undefined for a face of letters. */
  readonly video: MediaStreamTrack | undefined;
  readonly microphone: Switch;
  readonly camera: CallMember['camera'];
  /** The place among the raised hands, from 1; 0 for none. */
  readonly hand: number;
  readonly quality: LinkQuality | undefined;
}

export interface TileSource {
  readonly members: readonly CallMember[];
  readonly peers: ReadonlyMap<string, PeerMedia>;
  readonly me: string;
  readonly hands: readonly string[];
  readonly audioOnly: boolean;
  /** One's own microphone: known here before the server says it to everyone. */
  readonly microphone: Switch;
  /** One's own picture and screen. */
  readonly picture: MediaStreamTrack | undefined;
  readonly screen: MediaStreamTrack | undefined;
  readonly person: FindPerson;
}

/** People in the order of joining, then the screens in the same order: a tile never changes places with another. */
export function tilesOf(source: TileSource): readonly Tile[] {
  const people = source.members.map((member) => tileOf(source, member, 'camera'));
  const screens = source.members
    .filter(({ userId, screen }) => !source.audioOnly && (userId === source.me ? source.screen !== undefined : screen))
    .map((member) => tileOf(source, member, 'screen'));
  return [...people, ...screens];
}

function tileOf(source: TileSource, member: CallMember, role: Tile['role']): Tile {
  const { userId, camera } = member;
  const own = userId === source.me;
  const media = source.peers.get(userId);
  const person = source.person(userId);
  const face = own ? 'You' : person.name;
  return {
    key: `${userId}:${role}`,
    userId,
    role,
    person,
    own,
    label: role === 'camera' ? face : own ? 'Your screen' : `${face}’s screen`,
    state: own ? 'self' : (media?.state ?? 'connecting'),
    trouble: media?.trouble,
    video: own ? (role === 'camera' ? source.picture : source.screen) : videoOf(source, member, role),
    microphone: own ? source.microphone : member.microphone,
    camera,
    hand: role === 'camera' ? source.hands.indexOf(userId) + 1 : 0,
    // Before there is a connection nothing is measured of it.
    quality: media?.state === 'connected' || media?.state === 'reconnecting' ? media.quality : undefined,
  };
}

function videoOf(
  { peers, audioOnly }: TileSource,
  member: CallMember,
  role: Tile['role'],
): MediaStreamTrack | undefined {
  if (audioOnly || (role === 'camera' && member.camera !== 'on')) return undefined;
  return peers.get(member.userId)?.tracks[role];
}
