import { LucideFiles, LucideMessageCircle, LucidePencilLine, LucideUsers, LucideVideo } from '@lucide/angular';
import { panelIcons } from './panel-icons';

const originals = {
  chat: LucideMessageCircle,
  board: LucidePencilLine,
  people: LucideUsers,
  files: LucideFiles,
  call: LucideVideo,
};

describe('panel icons', () => {
  it.each(Object.entries(originals))('%s is what Lucide draws', (name, { icon }) => {
    const node = icon.node.map(([tag, { key: _key, ...attributes }]) => [tag, attributes]);
    expect(panelIcons[name as keyof typeof panelIcons]).toEqual({ name: icon.name, node });
  });
});
