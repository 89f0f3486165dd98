export {
  VIDEO_MEMBERS,
  reactions,
  type CallEnd,
  type CallMember,
  type CallPhase,
  type CallSession,
  type OwnState,
  type Reaction,
  type Switch,
} from './call-state';
export type {
  CaptureKind,
  CaptureState,
  DeviceChoice,
  DeviceKind,
  DevicesState,
  DeviceStatus,
  SpeakerState,
} from './devices/device-state';
export type { MediaEngine, MediaState, MediaTrouble, Peer, PeerMedia, VideoLevel } from './media-engine';
export type { LinkQuality } from './quality/link-quality';
export { trackRoles, type TrackRole, type Tracks } from './tracks';
