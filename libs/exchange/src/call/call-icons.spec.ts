import {
  LucideChevronUp,
  LucideFaceGrinning,
  LucideFaceSlightlySmilingPlus,
  LucideHand,
  LucideHandHeart,
  LucideHeart,
  LucideInfo,
  LucideLayoutGrid,
  LucideMic,
  LucideMicOff,
  LucideMonitorUp,
  LucidePartyPopper,
  LucidePhoneOff,
  LucidePin,
  LucidePinOff,
  LucideScreenShare,
  LucideScreenShareOff,
  LucideSparkles,
  LucideThumbsUp,
  LucideVideo,
  LucideVideoOff,
} from '@lucide/angular';
import { callIcons } from './call-icons';

const originals = {
  chevronUp: LucideChevronUp,
  faceGrinning: LucideFaceGrinning,
  faceSlightlySmilingPlus: LucideFaceSlightlySmilingPlus,
  hand: LucideHand,
  handHeart: LucideHandHeart,
  heart: LucideHeart,
  info: LucideInfo,
  layoutGrid: LucideLayoutGrid,
  mic: LucideMic,
  micOff: LucideMicOff,
  monitorUp: LucideMonitorUp,
  partyPopper: LucidePartyPopper,
  phoneOff: LucidePhoneOff,
  pin: LucidePin,
  pinOff: LucidePinOff,
  screenShare: LucideScreenShare,
  screenShareOff: LucideScreenShareOff,
  sparkles: LucideSparkles,
  thumbsUp: LucideThumbsUp,
  video: LucideVideo,
  videoOff: LucideVideoOff,
};

describe('call icons', () => {
  it.each(Object.entries(originals))('%s is what Lucide draws', (name, { icon }) => {
    // The package's own `key` only helps its drawing.
    const node = icon.node.map(([tag, { key: _key, ...attributes }]) => [tag, attributes]);
    expect(callIcons[name as keyof typeof callIcons]).toEqual({ name: icon.name, node });
  });

  it('has no others', () => {
    expect(Object.keys(callIcons).sort()).toEqual(Object.keys(originals).sort());
  });
});
