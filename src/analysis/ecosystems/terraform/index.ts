import type { Ecosystem } from '../../../model/ecosystem.ts';
import { generic } from '../../versions/index.ts';

export const terraform: Ecosystem = {
  id: 'Terraform',
  title: 'Terraform providers',
  purlType: 'terraform',
  hasAdvisories: false,
  versions: generic,
  normaliseName: (name) => name.toLowerCase(),
  purlName: (name) => {
    const slash = name.lastIndexOf('/');
    return slash === -1 ? ['', name] : [name.slice(0, slash), name.slice(slash + 1)];
  },
  extractors: [],
};
