import type { Peer } from '.';

/** What is of this workspace must be there; only other programs may be missing, and are named where figures are then. */
const MAY_BE_MISSING = /is not on this machine|has no module/;

/** Whether a test of a peer can be left out. @throws Error when it is missing for another reason */
export async function machineLacks(peer: Peer): Promise<boolean> {
  const why = await peer.missing();
  if (why !== undefined && !MAY_BE_MISSING.test(why)) throw new Error(`${peer.name}: ${why}`);
  return why !== undefined;
}
