import type { Ecosystem } from '../../../model/ecosystem.ts';
import { swift as swiftVersions } from '../../versions/index.ts';
import { packageResolved } from './package-resolved.ts';

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
  extractors: [packageResolved],
  // `swift package update` goes by the last part of the address.
  upgradeCommand: ({ name, inRange }) =>
    inRange === false ? undefined : `swift package update ${name.slice(name.lastIndexOf('/') + 1)}`,
};
