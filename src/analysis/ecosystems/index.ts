import type { Ecosystem, EcosystemId } from '../../model/ecosystem.ts';
import type { Extractor } from '../../model/extractor.ts';
import { cargo } from './cargo/index.ts';
import { docker } from './docker/index.ts';
import { githubActions } from './github-actions/index.ts';
import { go } from './go/index.ts';
import { helm } from './helm/index.ts';
import { hex } from './hex/index.ts';
import { maven } from './maven/index.ts';
import { npm } from './npm/index.ts';
import { nuget } from './nuget/index.ts';
import { packagist } from './packagist/index.ts';
import { preCommit } from './pre-commit/index.ts';
import { pub } from './pub/index.ts';
import { pypi } from './pypi/index.ts';
import { rubygems } from './rubygems/index.ts';
import { runtime } from './runtime/index.ts';
import { sbom } from './sbom/index.ts';
import { swift } from './swift/index.ts';
import { terraform } from './terraform/index.ts';

/** Every ecosystem there is. A new one is a folder and a line here. */
export const ecosystems: readonly Ecosystem[] = [
  npm,
  pypi,
  go,
  cargo,
  maven,
  rubygems,
  packagist,
  nuget,
  pub,
  hex,
  swift,
  githubActions,
  docker,
  helm,
  terraform,
  preCommit,
  runtime,
  sbom,
];

const byId = new Map<EcosystemId, Ecosystem>(ecosystems.map((ecosystem) => [ecosystem.id, ecosystem]));

/** The ecosystem of an id; every `EcosystemId` has one (a test asserts it). */
export function ecosystemOf(id: EcosystemId): Ecosystem {
  return byId.get(id)!;
}

export const extractors: readonly Extractor[] = ecosystems.flatMap((ecosystem) => ecosystem.extractors);
