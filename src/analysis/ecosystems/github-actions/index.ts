import type { Ecosystem } from '../../../model/ecosystem.ts';
import { workflow } from './workflow.ts';
import { githubActions as githubActionsVersions } from '../../versions/index.ts';

export const githubActions: Ecosystem = {
  id: 'GitHub Actions',
  title: 'GitHub Actions',
  purlType: 'github',
  hasAdvisories: true,
  versions: githubActionsVersions,
  // GitHub names are case-insensitive, and a ref versions the whole repository: `owner/repo/path` is `owner/repo`.
  normaliseName: (name) => name.toLowerCase().split('/', 2).join('/'),
  purlName: (name) => {
    const slash = name.lastIndexOf('/');
    return slash === -1 ? ['', name] : [name.slice(0, slash), name.slice(slash + 1)];
  },
  extractors: [workflow],
};
