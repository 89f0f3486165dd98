export { Call } from './call';
export type { CallOptions } from './call-options';
export type { CallActions } from './call-actions';
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
export { DeviceDesk, type DeviceDeskOptions } from './devices/device-desk';
export { heardLevel } from './devices/heard-level';
export { meterLevel, type LevelMeter, type LevelMeterOptions } from './devices/level-meter';
export { loudness } from './devices/loudness';
export { shareScreen, type NoScreen, type ScreenShare } from './devices/share-screen';
export { MutedSpeech, Speaking, type SpeakingOptions } from './devices/speaking';
export type { MediaEngine, MediaState, MediaTrouble, Peer, PeerMedia, VideoLevel } from './media-engine';
export type { MeshOptions } from './mesh/mesh';
export { checkRelay, type RelayCheckOptions } from './quality/check-relay';
export { encodingFor, type Encoding } from './quality/encoding';
export type { LinkQuality } from './quality/link-quality';
export { qualityOf, readSample, strainOf, type LinkSample } from './quality/link-sample';
export type { RelayCheck, RelayResult } from './quality/relay-check';
export { VideoLadder, type Strain } from './quality/video-ladder';
export { trackRoles, type TrackRole, type Tracks } from './tracks';
