import type { Ecosystem } from '../../../model/ecosystem.ts';
import { generic } from '../../versions/index.ts';

export const helm: Ecosystem = {
  id: 'Helm',
  title: 'Helm charts',
  purlType: 'helm',
  hasAdvisories: false,
  versions: generic,
  normaliseName: (name) => name,
  purlName: (name) => ['', name],
  extractors: [],
};
