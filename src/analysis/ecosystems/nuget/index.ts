import type { Ecosystem } from '../../../model/ecosystem.ts';
import { nuget as nugetVersions } from '../../versions/index.ts';
import { csproj } from './csproj.ts';
import { packagesConfig } from './packages-config.ts';
import { packagesLock } from './packages-lock.ts';

export const nuget: Ecosystem = {
  id: 'NuGet',
  title: 'NuGet',
  purlType: 'nuget',
  hasAdvisories: true,
  versions: nugetVersions,
  normaliseName: (name) => name.toLowerCase(),
  purlName: (name) => ['', name],
  extractors: [packagesLock, csproj, packagesConfig],
  // An indirect package is moved by asking for it directly.
  upgradeCommand: ({ name, to, manifest }) =>
    manifest.endsWith('.config')
      ? `nuget update ${manifest} -Id ${name} -Version ${to}`
      : `dotnet add package ${name} --version ${to}`,
};
