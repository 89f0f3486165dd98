/** How well media flow between two members: measured every second or so, over the time since the last measurement. */
export interface LinkQuality {
  /** 4 good, 3 fair, 2 poor, 1 bad, 0 nothing arrives. */
  readonly bars: 0 | 1 | 2 | 3 | 4;
  /** Milliseconds to the peer and back; undefined while unknown. */
  readonly rttMs: number | undefined;
  /** Share of the packets that were lost on the way here, 0 to 100. */
  readonly lossPercent: number;
  readonly inKbps: number;
  readonly outKbps: number;
  /** How the selected candidate pair goes: a pair with a relayed candidate on either side is `relay`. */
  readonly path: 'direct' | 'relay' | undefined;
  /** Between here and the next hop: for a relayed local candidate, to the TURN server. */
  readonly protocol: 'udp' | 'tcp' | 'tls' | undefined;
  /** What keeps our video from being better, as the browser says. */
  readonly limitedBy: 'none' | 'cpu' | 'bandwidth' | 'other';
}
