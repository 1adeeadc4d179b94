import type { Ecosystem } from '../../../model/ecosystem.ts';
import { compose } from './compose.ts';
import { dockerfile } from './dockerfile.ts';
import { canonicalImageName } from './image.ts';
import { generic } from '../../versions/index.ts';

export const docker: Ecosystem = {
  id: 'Docker',
  title: 'Container images',
  purlType: 'docker',
  hasAdvisories: false,
  versions: generic,
  normaliseName: canonicalImageName,
  purlName: (name) => {
    const slash = name.lastIndexOf('/');
    return slash === -1 ? ['', name] : [name.slice(0, slash), name.slice(slash + 1)];
  },
  extractors: [dockerfile, compose],
};
