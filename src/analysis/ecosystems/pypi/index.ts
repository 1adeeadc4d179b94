import type { Ecosystem } from '../../../model/ecosystem.ts';
import { generic } from '../../versions/index.ts';
import { normaliseName } from './requirement.ts';
import { poetryLock } from './poetry-lock.ts';
import { requirements } from './requirements.ts';

export const pypi: Ecosystem = {
  id: 'PyPI',
  title: 'PyPI',
  purlType: 'pypi',
  hasAdvisories: true,
  versions: generic,
  normaliseName,
  purlName: (name) => ['', name],
  extractors: [requirements, poetryLock],
};
