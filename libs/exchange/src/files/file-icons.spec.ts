import {
  LucideDownload,
  LucideFileText,
  LucideImage,
  LucidePlus,
  LucidePresentation,
  LucideTrash,
} from '@lucide/angular';
import { fileIcons } from './file-icons';

const originals = {
  download: LucideDownload,
  fileText: LucideFileText,
  image: LucideImage,
  plus: LucidePlus,
  presentation: LucidePresentation,
  trash: LucideTrash,
};

describe('file icons', () => {
  it.each(Object.entries(originals))('%s is what Lucide draws', (name, { icon }) => {
    const node = icon.node.map(([tag, { key: _key, ...attributes }]) => [tag, attributes]);
    expect(fileIcons[name as keyof typeof fileIcons]).toEqual({ name: icon.name, node });
  });

  it('has no others', () => {
    expect(Object.keys(fileIcons).sort()).toEqual(Object.keys(originals).sort());
  });
});
