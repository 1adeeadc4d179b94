import type { Ecosystem } from '../../../model/ecosystem.ts';
import { cyclonedx } from './cyclonedx.ts';
import { spdx } from './spdx.ts';
import { unread } from './unread.ts';
import { generic } from '../../versions/index.ts';

export const sbom: Ecosystem = {
  id: 'Other',
  title: 'SBOM entries',
  purlType: 'generic',
  hasAdvisories: false,
  versions: generic,
  normaliseName: (name) => name,
  purlName: (name) => ['', name],
  extractors: [cyclonedx, spdx, unread],
};
