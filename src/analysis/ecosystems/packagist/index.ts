import type { Ecosystem } from '../../../model/ecosystem.ts';
import { packagist as packagistVersions } from '../../versions/index.ts';
import { composerJson } from './composer-json.ts';
import { composerLock } from './composer-lock.ts';
import { composerCommand } from './upgrade.ts';

export const packagist: Ecosystem = {
  id: 'Packagist',
  title: 'Packagist',
  purlType: 'composer',
  hasAdvisories: true,
  versions: packagistVersions,
  normaliseName: (name) => name.toLowerCase(),
  purlName: (name) => {
    const slash = name.lastIndexOf('/');
    return slash === -1 ? ['', name] : [name.slice(0, slash), name.slice(slash + 1)];
  },
  extractors: [composerLock, composerJson],
  upgradeCommand: composerCommand,
};
