import type { ExtractedComponent, Extractor } from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import { findMergeMarker, mergeConflict } from '../../text/merge-conflict.ts';
import { baseName } from '../../text/paths.ts';
import { readHcl } from './hcl.ts';
import { providerName } from './names.ts';

/** Terraform's and OpenTofu's dependency lock file. https://developer.hashicorp.com/terraform/language/files/dependency-lock */
export const terraformLock: Extractor = {
  id: 'terraform/lock',
  version: 2,
  ecosystem: 'Terraform',
  title: 'Terraform dependency lock',
  files: ['.terraform.lock.hcl'],
  notes:
    'Providers with version and hashes. The lock does not say which module asks for a provider, and holds no modules: those are in the `.tf` files. ' +
    'A provider without hashes is an observation (`lockfile/no-integrity`).',
  claims: (path) => baseName(path) === '.terraform.lock.hcl',
  extract: ({ path, text }) => {
    const problems: Problem[] = [];
    const components: ExtractedComponent[] = [];
    const marker = findMergeMarker(text);
    const { blocks, brokenAt } = marker === undefined ? readHcl(text) : { blocks: [], brokenAt: undefined };
    if (marker !== undefined) problems.push(mergeConflict(path, marker));
    if (brokenAt !== undefined)
      problems.push({
        code: 'file/truncated',
        message: 'brackets or quotes do not add up; what comes after was not read',
        at: { path, line: brokenAt },
        lost: true,
      });
    // A configuration without providers has a lock of comments alone, or none.
    if (blocks.length === 0 && problems.length === 0 && /^[ \t]*[^\s#/]/m.test(text))
      problems.push({
        code: 'file/unexpected-shape',
        message: 'found no provider "…" { … }; expected a dependency lock',
        at: { path, line: 1 },
        lost: true,
      });
    for (const block of blocks) {
      const address = block.labels[0];
      const version = block.attributes.get('version')?.values[0];
      if (block.type !== 'provider' || address === undefined) {
        problems.push({
          code: 'terraform/unknown-block',
          message: `expected provider "…" {, found ${block.type.slice(0, 60)}`,
          at: { path, line: block.line },
          lost: true,
        });
        continue;
      }
      const hashes = block.attributes.get('hashes')?.values ?? [];
      const constraints = block.attributes.get('constraints')?.values[0];
      if (version === undefined)
        problems.push({
          code: 'terraform/no-version',
          message: `provider ${address.slice(0, 80)} has no version`,
          at: { path, line: block.line },
          lost: true,
        });
      components.push({
        name: providerName(address),
        version: version ?? '',
        ...(version === undefined && constraints !== undefined ? { requested: constraints } : {}),
        origin: 'registry',
        source: address,
        line: block.line,
        ...(hashes.length === 0 ? {} : { integrity: hashes.join(' ') }),
      });
    }
    const bare = components.filter((component) => component.integrity === undefined).map(({ name }) => name);
    const names = [...new Set(bare)].sort();
    return {
      role: 'lock',
      components,
      edges: [],
      edgesKnown: false,
      covers: [],
      observations:
        names.length === 0
          ? []
          : [
              {
                rule: 'lockfile/no-integrity',
                message: `${names.length === 1 ? 'a provider has' : `${names.length} providers have`} no hashes: ${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}`,
                hint: 'run `terraform providers lock` and commit the lock',
                names,
              },
            ],
      problems,
    };
  },
};
