import type { Ecosystem } from '../../../model/ecosystem.ts';
import { generic } from '../../versions/index.ts';

export const runtime: Ecosystem = {
  id: 'Runtime',
  title: 'Language runtimes',
  purlType: 'generic',
  hasAdvisories: false,
  versions: generic,
  normaliseName: (name) => name,
  purlName: (name) => ['', name],
  extractors: [],
};
