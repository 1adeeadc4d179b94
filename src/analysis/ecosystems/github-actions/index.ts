import type { Ecosystem } from '../../../model/ecosystem.ts';
import { generic } from '../../versions/index.ts';

export const githubActions: Ecosystem = {
  id: 'GitHub Actions',
  title: 'GitHub Actions',
  purlType: 'github',
  hasAdvisories: true,
  versions: generic,
  normaliseName: (name) => name.toLowerCase(),
  purlName: (name) => {
    const slash = name.lastIndexOf('/');
    return slash === -1 ? ['', name] : [name.slice(0, slash), name.slice(slash + 1)];
  },
  extractors: [],
};
