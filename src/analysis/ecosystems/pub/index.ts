import type { Ecosystem } from '../../../model/ecosystem.ts';
import { pub as pubVersions } from '../../versions/index.ts';
import { pubspecLock } from './pubspec-lock.ts';

export const pub: Ecosystem = {
  id: 'Pub',
  title: 'Pub',
  purlType: 'pub',
  hasAdvisories: true,
  versions: pubVersions,
  normaliseName: (name) => name.toLowerCase(),
  purlName: (name) => ['', name],
  extractors: [pubspecLock],
  upgradeCommand: ({ name, to, direct, inRange }) =>
    direct && inRange === false ? `dart pub add ${name}:^${to}` : `dart pub upgrade ${name}`,
};
