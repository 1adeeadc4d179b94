import type { Ecosystem } from '../../../model/ecosystem.ts';
import { generic } from '../../versions/index.ts';
import { pom } from './pom.ts';

export const maven: Ecosystem = {
  id: 'Maven',
  title: 'Maven',
  purlType: 'maven',
  hasAdvisories: true,
  versions: generic,
  normaliseName: (name) => name,
  purlName: (name) => {
    const colon = name.indexOf(':');
    return colon === -1 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)];
  },
  extractors: [pom],
};
