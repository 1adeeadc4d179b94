import type { Ecosystem } from '../../../model/ecosystem.ts';
import { nuget as nugetVersions } from '../../versions/index.ts';

export const nuget: Ecosystem = {
  id: 'NuGet',
  title: 'NuGet',
  purlType: 'nuget',
  hasAdvisories: true,
  versions: nugetVersions,
  normaliseName: (name) => name.toLowerCase(),
  purlName: (name) => ['', name],
  extractors: [],
};
