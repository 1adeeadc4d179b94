import type { VersionScheme } from '../../model/ecosystem.ts';
import { alpm } from './alpm.ts';
import { apk } from './apk.ts';
import { cargo } from './cargo.ts';
import { conan } from './conan.ts';
import { datetime } from './datetime.ts';
import { deb } from './deb.ts';
import { generic } from './generic.ts';
import { gentoo } from './gentoo.ts';
import { githubActions } from './github-actions.ts';
import { go } from './go.ts';
import { helm } from './helm.ts';
import { hex } from './hex.ts';
import { lexicographic } from './lexicographic.ts';
import { maven } from './maven.ts';
import { npm } from './npm.ts';
import { nuget } from './nuget.ts';
import { openssl } from './openssl.ts';
import { packagist } from './packagist.ts';
import { pep440 } from './pep440.ts';
import { pub } from './pub.ts';
import { rpm } from './rpm.ts';
import { rubygems } from './rubygems.ts';
import { swift } from './swift.ts';
import { terraform } from './terraform.ts';

export {
  alpm,
  apk,
  cargo,
  conan,
  datetime,
  deb,
  generic,
  gentoo,
  githubActions,
  go,
  helm,
  hex,
  lexicographic,
  maven,
  npm,
  nuget,
  openssl,
  packagist,
  pep440,
  pub,
  rpm,
  rubygems,
  swift,
  terraform,
};

/** Every version order there is. */
export const schemes: readonly VersionScheme[] = [
  alpm,
  apk,
  cargo,
  conan,
  datetime,
  deb,
  generic,
  gentoo,
  githubActions,
  go,
  helm,
  hex,
  lexicographic,
  maven,
  npm,
  nuget,
  openssl,
  packagist,
  pep440,
  pub,
  rpm,
  rubygems,
  swift,
  terraform,
];

const byId: ReadonlyMap<string, VersionScheme> = new Map([
  ...schemes.map((scheme): [string, VersionScheme] => [scheme.id, scheme]),
  // Other names for the same order.
  ['semver', npm],
  ['alpine', apk],
  ['gentoo', gentoo],
  ['none', generic],
]);

/** The order behind a scheme name of the vers specification, which is nearly always a purl type; `undefined` when there is none. */
export function schemeOfVers(id: string): VersionScheme | undefined {
  return byId.get(id);
}
