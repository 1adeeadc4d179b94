import type { Ecosystem } from '../../../model/ecosystem.ts';
import { swift as swiftVersions } from '../../versions/index.ts';

export const swift: Ecosystem = {
  id: 'SwiftURL',
  title: 'Swift',
  purlType: 'swift',
  hasAdvisories: true,
  versions: swiftVersions,
  normaliseName: (name) => name.toLowerCase(),
  purlName: (name) => {
    const slash = name.lastIndexOf('/');
    return slash === -1 ? ['', name] : [name.slice(0, slash), name.slice(slash + 1)];
  },
  extractors: [],
};
