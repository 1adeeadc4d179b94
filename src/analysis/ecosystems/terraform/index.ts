import type { Ecosystem } from '../../../model/ecosystem.ts';
import { folderOf } from '../../text/paths.ts';
import { shellWord } from '../../text/shell.ts';
import { terraformConfiguration } from './configuration.ts';
import { terraformLock } from './lock.ts';
import { terraform as terraformVersions } from '../../versions/index.ts';

export const terraform: Ecosystem = {
  id: 'Terraform',
  title: 'Terraform providers',
  purlType: 'terraform',
  hasAdvisories: false,
  versions: terraformVersions,
  normaliseName: (name) => name.toLowerCase(),
  purlName: (name) => {
    const slash = name.lastIndexOf('/');
    return slash === -1 ? ['', name] : [name.slice(0, slash), name.slice(slash + 1)];
  },
  extractors: [terraformLock, terraformConfiguration],
  // Takes every provider to the newest version that its constraints allow.
  upgradeCommand: ({ manifest, inRange }) => {
    const folder = folderOf(manifest);
    const word = shellWord(folder);
    if (inRange === false || word === undefined) return undefined;
    return folder === '' ? 'terraform init -upgrade' : `terraform -chdir=${word} init -upgrade`;
  },
};
