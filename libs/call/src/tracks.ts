/** What a track is for. Each has its own place in a connection for as long as that lasts, so that no tile is mixed up. */
export const trackRoles = ['microphone', 'camera', 'screen', 'screen-audio'] as const;
export type TrackRole = (typeof trackRoles)[number];

/** At most one track for each role; a role without one sends, or receives, nothing. */
export type Tracks = Readonly<Partial<Record<TrackRole, MediaStreamTrack>>>;

/** @example kindOf('screen') // 'video' */
export function kindOf(role: TrackRole): 'audio' | 'video' {
  return role === 'microphone' || role === 'screen-audio' ? 'audio' : 'video';
}

/** @example without(tracks, 'camera', 'screen') // what is heard */
export function without(tracks: Tracks, ...roles: readonly TrackRole[]): Tracks {
  return Object.fromEntries(Object.entries(tracks).filter(([role]) => !roles.some((each) => each === role)));
}
