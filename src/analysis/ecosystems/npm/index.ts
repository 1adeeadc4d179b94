import type { Ecosystem } from '../../../model/ecosystem.ts';
import { npm as npmVersions } from '../../versions/index.ts';
import { bunLock } from './bun-lock.ts';
import { packageJson } from './package-json.ts';
import { packageLock } from './package-lock.ts';
import { pnpmLock } from './pnpm-lock.ts';
import { npmOverrideSteps, npmTransitiveEdit, npmUpgradeCommand } from './upgrade.ts';
import { yarnLock } from './yarn-lock.ts';

export const npm: Ecosystem = {
  id: 'npm',
  title: 'npm',
  purlType: 'npm',
  hasAdvisories: true,
  versions: npmVersions,
  normaliseName: (name) => name,
  purlName: (name) => {
    const slash = name.lastIndexOf('/');
    return slash === -1 ? ['', name] : [name.slice(0, slash), name.slice(slash + 1)];
  },
  extractors: [packageLock, pnpmLock, yarnLock, bunLock, packageJson],
  upgradeCommand: npmUpgradeCommand,
  transitiveEdit: npmTransitiveEdit,
  overrideSteps: npmOverrideSteps,
};
