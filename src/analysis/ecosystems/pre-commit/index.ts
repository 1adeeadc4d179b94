import type { Ecosystem } from '../../../model/ecosystem.ts';
import { shellWord } from '../../text/shell.ts';
import { preCommitConfig } from './config.ts';
import { generic } from '../../versions/index.ts';

export const preCommit: Ecosystem = {
  id: 'pre-commit',
  title: 'pre-commit hooks',
  purlType: 'github',
  hasAdvisories: false,
  versions: generic,
  normaliseName: (name) => name,
  purlName: (name) => {
    const slash = name.lastIndexOf('/');
    return slash === -1 ? ['', name] : [name.slice(0, slash), name.slice(slash + 1)];
  },
  extractors: [preCommitConfig],
  upgradeCommand: ({ name }) => {
    const repository = shellWord(/^[.~/]/.test(name) ? name : `https://${name}`);
    return repository === undefined ? undefined : `pre-commit autoupdate --repo ${repository}`;
  },
};
