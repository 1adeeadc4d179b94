import type { Ecosystem } from '../../../model/ecosystem.ts';
import { pub as pubVersions } from '../../versions/index.ts';

export const pub: Ecosystem = {
  id: 'Pub',
  title: 'Pub',
  purlType: 'pub',
  hasAdvisories: true,
  versions: pubVersions,
  normaliseName: (name) => name.toLowerCase(),
  purlName: (name) => ['', name],
  extractors: [],
};
