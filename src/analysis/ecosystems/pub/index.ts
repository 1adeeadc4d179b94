import type { Ecosystem } from '../../../model/ecosystem.ts';
import { generic } from '../../versions/index.ts';

export const pub: Ecosystem = {
  id: 'Pub',
  title: 'Pub',
  purlType: 'pub',
  hasAdvisories: true,
  versions: generic,
  normaliseName: (name) => name.toLowerCase(),
  purlName: (name) => ['', name],
  extractors: [],
};
