import type { ExtractedComponent, Extractor } from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import { findMergeMarker, mergeConflict } from '../../text/merge-conflict.ts';
import { folderOf, joinPath } from '../../text/paths.ts';
import { withoutCredentials } from '../../text/urls.ts';
import { type HclBlock, readHcl } from './hcl.ts';
import { providerName } from './names.ts';

/** Terraform and OpenTofu configuration. https://developer.hashicorp.com/terraform/language/modules/sources */
export const terraformConfiguration: Extractor = {
  id: 'terraform/configuration',
  version: 2,
  ecosystem: 'Terraform',
  title: 'Terraform configuration',
  files: ['*.tf', '*.tofu'],
  notes:
    'Sources of `module` blocks (registry, git, URL, path), `required_providers` with their constraints, and `required_version` as a range of the runtime. ' +
    'Other expressions are stepped over. `.tf.json` is not read.',
  claims: (path) => /[^/]\.(?:tf|tofu)$/.test(path),
  extract: ({ path, text }) => {
    // Most files of a configuration have neither; a look is cheaper than a parse.
    const isRelevant = /\b(?:module|required_providers|required_version)\b/.test(text);
    const marker = isRelevant ? findMergeMarker(text) : undefined;
    const { blocks, brokenAt } =
      isRelevant && marker === undefined ? readHcl(text) : { blocks: [], brokenAt: undefined };
    const problems: Problem[] = [];
    if (marker !== undefined) problems.push(mergeConflict(path, marker));
    if (brokenAt !== undefined)
      problems.push({
        code: 'file/truncated',
        message: 'brackets or quotes do not add up; what comes after was not read',
        at: { path, line: brokenAt },
        lost: true,
      });
    const components: ExtractedComponent[] = [];
    for (const block of blocks) {
      if (block.type === 'module') {
        const source = block.attributes.get('source');
        const version = block.attributes.get('version')?.values[0];
        const from = source?.values[0];
        if (source !== undefined && from !== undefined)
          components.push(moduleComponent(from, version, path, source.line));
      } else if (block.type === 'terraform') components.push(...terraformBlock(block));
    }
    return {
      role: 'manifest',
      components,
      edges: [],
      edgesKnown: true,
      covers: [],
      observations: [],
      problems,
    };
  },
};

function moduleComponent(
  source: string,
  version: string | undefined,
  path: string,
  line: number,
): ExtractedComponent {
  if (/^\.{1,2}\//.test(source))
    return {
      name: source,
      version: '',
      origin: 'file',
      source: joinPath(folderOf(path), source) ?? source,
      line,
    };
  const registry = /^(?:([\w-]+(?:\.[\w-]+)+)\/)?([\w-]+\/[\w-]+\/[\w-]+)(?:\/\/.*)?$/.exec(source);
  const isGitHost = /^(?:github\.com|bitbucket\.org)\//.test(source);
  if (registry !== null && !isGitHost) {
    const host = registry[1] === undefined ? '' : `${registry[1]}/`;
    const exact = /^=?\s*(v?\d+\.\d+\.\d+(?:-[\w.-]+)?)$/.exec(version ?? '')?.[1];
    return {
      name: providerName(host + registry[2]!),
      version: exact ?? '',
      ...(exact === undefined ? { requested: version ?? '*' } : {}),
      origin: 'registry',
      line,
    };
  }
  // git::https://host/a.git//folder?ref=v1.2.0, github.com/a/b?ref=…, https://host/a.zip
  const isGit = source.startsWith('git::') || source.startsWith('git@') || isGitHost;
  const address = source.replace(/^[a-z0-9]+::/, '');
  const query = address.indexOf('?');
  const bare = query === -1 ? address : address.slice(0, query);
  const ref = query === -1 ? undefined : /[?&]ref=([^&]+)/.exec(address.slice(query))?.[1];
  const name = bare
    .replace(/^[a-z][a-z0-9+]*:\/\/(?:[^@/]*@)?/i, '')
    .replace(/^[\w.-]+@([\w.-]+):/, '$1/')
    .replace(/\/\/.*$/, '')
    .replace(/\.git$/, '');
  const isFixed = ref !== undefined && /\d/.test(ref);
  return {
    name,
    version: isFixed ? ref : '',
    ...(isFixed ? {} : { requested: ref ?? '*' }),
    origin: isGit ? 'git' : 'url',
    source: withoutCredentials(source),
    line,
  };
}

function terraformBlock(block: HclBlock): ExtractedComponent[] {
  const components: ExtractedComponent[] = [];
  const runtime = block.attributes.get('required_version');
  if (runtime !== undefined)
    components.push({
      ecosystem: 'Runtime',
      name: 'terraform',
      version: '',
      requested: runtime.values[0]!,
      origin: 'registry',
      line: runtime.line,
    });
  for (const providers of block.blocks.filter((inner) => inner.type === 'required_providers')) {
    // `aws = "~> 5.0"` is the form of Terraform 0.12.
    for (const [name, { line, values }] of providers.attributes)
      components.push({
        name: `hashicorp/${name}`,
        version: '',
        requested: values[0] ?? '*',
        origin: 'registry',
        line,
      });
    for (const provider of providers.blocks) {
      const source = provider.attributes.get('source')?.values[0] ?? `hashicorp/${provider.type}`;
      components.push({
        name: providerName(source),
        version: '',
        requested: provider.attributes.get('version')?.values[0] ?? '*',
        origin: 'registry',
        line: provider.line,
      });
    }
  }
  return components;
}
