import type { Ecosystem } from '../../../model/ecosystem.ts';
import { maven as mavenVersions } from '../../versions/index.ts';
import { gradleBuild } from './gradle-build.ts';
import { gradleLockfile } from './gradle-lockfile.ts';
import { pom } from './pom.ts';
import { verificationMetadata } from './verification-metadata.ts';
import { versionCatalog } from './version-catalog.ts';

export const maven: Ecosystem = {
  id: 'Maven',
  title: 'Maven',
  purlType: 'maven',
  hasAdvisories: true,
  versions: mavenVersions,
  normaliseName: (name) => name,
  purlName: (name) => {
    const colon = name.indexOf(':');
    return colon === -1 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)];
  },
  extractors: [pom, gradleLockfile, verificationMetadata, versionCatalog, gradleBuild],
};
