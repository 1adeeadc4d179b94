import type { Ecosystem } from '../../../model/ecosystem.ts';
import { generic } from '../../versions/index.ts';

export const cargo: Ecosystem = {
  id: 'crates.io',
  title: 'crates.io',
  purlType: 'cargo',
  hasAdvisories: true,
  versions: generic,
  normaliseName: (name) => name,
  purlName: (name) => ['', name],
  extractors: [],
};
