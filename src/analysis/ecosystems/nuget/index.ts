import type { Ecosystem } from '../../../model/ecosystem.ts';
import { generic } from '../../versions/index.ts';

export const nuget: Ecosystem = {
  id: 'NuGet',
  title: 'NuGet',
  purlType: 'nuget',
  hasAdvisories: true,
  versions: generic,
  normaliseName: (name) => name.toLowerCase(),
  purlName: (name) => ['', name],
  extractors: [],
};
