import type { Ecosystem } from '../../../model/ecosystem.ts';
import { generic } from '../../versions/index.ts';

export const pypi: Ecosystem = {
  id: 'PyPI',
  title: 'PyPI',
  purlType: 'pypi',
  hasAdvisories: true,
  versions: generic,
  normaliseName: (name) => name.toLowerCase().replaceAll(/[-_.]+/g, '-'),
  purlName: (name) => ['', name],
  extractors: [],
};
