import type { ExtractedComponent, ExtractedEdge, Extractor, Observation } from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import { baseName } from '../../text/paths.ts';
import { readYamlMap, type YamlNode, yamlAt, yamlItems, yamlText } from '../../text/yaml.ts';
import { withoutCredentials } from '../../text/urls.ts';
import { readAdditional } from './additional.ts';

/** pre-commit's configuration. https://pre-commit.com/#adding-pre-commit-plugins-to-your-project */
export const preCommitConfig: Extractor = {
  id: 'pre-commit/config',
  version: 1,
  ecosystem: 'pre-commit',
  title: 'pre-commit hooks',
  files: ['.pre-commit-config.yaml'],
  notes:
    'Hook repositories with their `rev`, and `additional_dependencies` in the ecosystem of the hook’s stated `language`; ' +
    'without one only unmistakable forms are told apart (`name==1.0`, `@scope/name`), the rest is `Other`. ' +
    'A frozen `rev` (a commit with `# frozen: v1.2.3`) has that release as version and the commit as key. ' +
    'Repositories `local`, `meta` and `builtin` are no components. Hooks run on developers’ machines: scope `dev`.',
  claims: (path) => /^\.pre-commit-config\.ya?ml$/.test(baseName(path)),
  extract: ({ path, text }) => {
    const { root, problems: found } = readYamlMap(text, path);
    const problems: Problem[] = [...found];
    const components: ExtractedComponent[] = [];
    const edges: ExtractedEdge[] = [];
    const repos = yamlAt(root, 'repos');
    if (root !== undefined && repos?.kind !== 'sequence')
      problems.push({
        code: 'pre-commit/no-repos',
        message: 'expected a list of repos',
        at: { path, line: repos?.line ?? 1 },
        lost: true,
      });
    for (const { line, value: repo } of yamlItems(repos)) {
      const url = yamlText(yamlAt(repo, 'repo'));
      if (url === undefined) {
        problems.push({
          code: 'pre-commit/nameless-repo',
          message: 'an entry of repos has no repo',
          at: { path, line },
          lost: true,
        });
        continue;
      }
      const isOwn = ['local', 'meta', 'builtin'].includes(url);
      const from = components.length;
      if (!isOwn) components.push(hookRepository(url, yamlAt(repo, 'rev'), line));
      for (const { value: hook } of yamlItems(yamlAt(repo, 'hooks')))
        for (const { line: at, value: entry } of yamlItems(yamlAt(hook, 'additional_dependencies'))) {
          const written = yamlText(entry)?.trim() ?? '';
          if (written === '') continue;
          const additional = withoutCredentials(written);
          const { ecosystem, name, version, requested, origin } = readAdditional(
            additional,
            yamlText(yamlAt(hook, 'language')),
          );
          if (!isOwn) edges.push({ from, to: components.length, kind: 'dev', range: version || requested });
          components.push({
            ecosystem,
            name,
            version,
            ...(version === '' ? { requested: requested === '' ? '*' : requested } : {}),
            origin,
            ...(origin === 'file' || origin === 'git' || origin === 'url' ? { source: additional } : {}),
            line: at,
            scopes: ['dev'],
          });
        }
    }
    return {
      role: 'use',
      components,
      edges,
      edgesKnown: true,
      covers: [],
      observations: floating(components),
      problems,
    };
  },
};

function hookRepository(url: string, rev: YamlNode | undefined, line: number): ExtractedComponent {
  const text = yamlText(rev) ?? '';
  const base = {
    name: repositoryName(url),
    origin: 'git',
    source: withoutCredentials(url),
    line,
    scopes: ['dev'],
  } as const;
  if (/^[0-9a-f]{40}$/i.test(text)) {
    const comment = rev?.kind === 'scalar' ? rev.comment : undefined;
    // `pre-commit autoupdate --freeze` writes the tag into a comment.
    const frozen = /^frozen:\s*(\S+)/.exec(comment ?? '')?.[1];
    return { ...base, version: frozen ?? text, key: text };
  }
  // Tags of hook repositories are many things (`v1.2`, `2024.1`, `rel-3`, `25.1.0`); a rev without any digit is a branch.
  if (!/\d/.test(text)) return { ...base, version: '', requested: text === '' ? '*' : text };
  return { ...base, version: text };
}

/** `https://github.com/psf/black.git` → `github.com/psf/black`; a path stays a path. */
export function repositoryName(url: string): string {
  return url
    .trim()
    .replace(/^[a-z][a-z+]*:\/\/(?:[^@/]*@)?/i, '')
    .replace(/^[\w.-]+@([\w.-]+):/, '$1/')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
}

function floating(components: readonly ExtractedComponent[]): Observation[] {
  const loose = components.filter(
    (component) => component.ecosystem === undefined && component.requested !== undefined,
  );
  if (loose.length === 0) return [];
  const names = [...new Set(loose.map(({ name, requested }) => `${name}@${requested}`))].sort();
  return [
    {
      rule: 'use/unpinned',
      message: `${loose.length === 1 ? 'a hook repository follows' : `${loose.length} hook repositories follow`} a branch: ${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}`,
      line: loose[0]!.line,
      hint: 'set rev to a tag or commit: pre-commit does not update a branch once it is installed',
      names,
    },
  ];
}
