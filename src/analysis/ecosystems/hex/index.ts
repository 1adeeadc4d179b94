import type { Ecosystem } from '../../../model/ecosystem.ts';
import { hex as hexVersions } from '../../versions/index.ts';
import { mixLock } from './mix-lock.ts';

export const hex: Ecosystem = {
  id: 'Hex',
  title: 'Hex',
  purlType: 'hex',
  hasAdvisories: true,
  versions: hexVersions,
  normaliseName: (name) => name.toLowerCase(),
  purlName: (name) => {
    const slash = name.lastIndexOf('/');
    return slash === -1 ? ['', name] : [name.slice(0, slash), name.slice(slash + 1)];
  },
  extractors: [mixLock],
  upgradeCommand: ({ name }) => `mix deps.update ${name}`,
};
