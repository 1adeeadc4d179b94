import type { ExtractedComponent, Extractor, Observation } from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import { joinPath } from '../../text/paths.ts';
import {
  readYamlMap,
  type YamlMap,
  type YamlNode,
  yamlAt,
  yamlEntries,
  yamlItems,
  yamlText,
} from '../../text/yaml.ts';
import { computedImage, imageComponent, parseImage } from '../docker/image.ts';
import { parseUses, type Pin, releaseInComment } from './reference.ts';

/** GitHub workflows and actions. https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax */
export const workflow: Extractor = {
  id: 'github-actions/workflow',
  version: 2,
  ecosystem: 'GitHub Actions',
  title: 'GitHub workflows and actions',
  files: ['.github/workflows/*.yml', 'action.yml'],
  notes:
    'Actions and reusable workflows by `uses`, container and service images, steps of composite actions, and the Node runtime of JavaScript actions. ' +
    'The version is a full release tag; for a commit pin the release that its comment names (`# v4.1.2`, taken on trust) or else the commit, which is kept as key either way. ' +
    'Series tags (`v4`) and branches move: they give no version, only what was requested. ' +
    'The observation `use/unpinned` leaves out tags of `actions/*` and `github/*`, which run on the same service anyway.',
  claims: (path) =>
    /(?:^|\/)\.github\/workflows\/[^/]+\.ya?ml$/.test(path) || /(?:^|\/)action\.ya?ml$/.test(path),
  extract: ({ path, text }) => {
    const { root, problems } = readYamlMap(text, path);
    const found: Found = { path, components: [], pins: [], problems: [...problems] };
    if (root !== undefined) {
      if (/(?:^|\/)action\.ya?ml$/.test(path) && yamlAt(root, 'jobs') === undefined) readAction(root, found);
      else readWorkflow(root, found);
    }
    return {
      role: 'use',
      components: found.components,
      edges: [],
      edgesKnown: true,
      covers: [],
      observations: unpinned(found),
      problems: found.problems,
    };
  },
};

interface Found {
  readonly path: string;
  readonly components: ExtractedComponent[];
  readonly pins: { readonly name: string; readonly ref: string; readonly pin: Pin; readonly line: number }[];
  readonly problems: Problem[];
}

function readWorkflow(root: YamlMap, found: Found): void {
  const jobs = yamlAt(root, 'jobs');
  if (jobs?.kind !== 'map')
    found.problems.push({
      code: 'github-actions/no-jobs',
      message: 'a workflow must have a map of jobs',
      at: { path: found.path },
      lost: true,
    });
  for (const [, { value: job }] of yamlEntries(jobs)) {
    readUses(yamlAt(job, 'uses'), found);
    readImage(yamlAt(job, 'container'), found);
    for (const [, { value: service }] of yamlEntries(yamlAt(job, 'services'))) readImage(service, found);
    readSteps(yamlAt(job, 'steps'), found);
  }
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax */
function readAction(root: YamlMap, found: Found): void {
  const runs = yamlAt(root, 'runs');
  const using = yamlAt(runs, 'using');
  const kind = yamlText(using);
  if (kind === undefined) {
    found.problems.push({
      code: 'github-actions/no-runs',
      message: 'no `runs.using`: not a GitHub action, or a part of one',
      at: { path: found.path },
    });
    return;
  }
  const node = /^node(\d+)$/.exec(kind)?.[1];
  if (node !== undefined)
    found.components.push({
      ecosystem: 'Runtime',
      name: 'nodejs',
      version: node,
      origin: 'registry',
      line: using!.line,
    });
  const image = yamlAt(runs, 'image');
  const reference = parseUses(yamlText(image) ?? '');
  if (kind === 'docker' && reference?.kind === 'docker') addImage(reference.image, image!.line, found);
  readSteps(yamlAt(runs, 'steps'), found);
}

function readSteps(steps: YamlNode | undefined, found: Found): void {
  for (const { value: step } of yamlItems(steps)) readUses(yamlAt(step, 'uses'), found);
}

function readUses(node: YamlNode | undefined, found: Found): void {
  const text = yamlText(node);
  if (node?.kind !== 'scalar' || text === undefined) return;
  const { line, comment } = node;
  const uses = parseUses(text.trim());
  if (uses === undefined) {
    found.problems.push({
      code: 'github-actions/unreadable-uses',
      message: `expected owner/repository@ref, ./path or docker://image, found ${JSON.stringify(text.slice(0, 80))}`,
      at: { path: found.path, line },
      lost: true,
    });
    return;
  }
  if (uses.kind === 'docker') {
    addImage(uses.image, line, found);
    return;
  }
  if (uses.kind === 'local') {
    // Local paths start at the repository's root.
    const source = joinPath('', uses.path) ?? uses.path;
    found.components.push({ name: uses.path, version: '', origin: 'file', source, line, scopes: ['build'] });
    return;
  }
  const { name, ref, pin } = uses;
  found.pins.push({ name, ref, pin, line });
  const release = pin === 'commit' ? releaseInComment(comment) : undefined;
  const base = { name, origin: 'registry', line, scopes: ['build'] } as const;
  if (pin === 'commit') found.components.push({ ...base, version: release ?? ref, key: ref });
  else if (pin === 'release') found.components.push({ ...base, version: ref });
  else found.components.push({ ...base, version: '', requested: ref });
}

/** `container: image` or `container: { image: … }`; the same for a service. */
function readImage(node: YamlNode | undefined, found: Found): void {
  const image = node?.kind === 'map' ? yamlAt(node, 'image') : node;
  const text = yamlText(image);
  if (image === undefined || text === undefined || text === '') return;
  addImage(text.replace(/^docker:\/\//, ''), image.line, found);
}

function addImage(text: string, line: number, found: Found): void {
  const isComputed = text.includes('${{');
  const reference = isComputed ? undefined : parseImage(text);
  const component =
    reference === undefined
      ? computedImage(text, line, 'build', 'Docker')
      : imageComponent(reference, line, 'build', 'Docker');
  if (component !== undefined) found.components.push(component);
  if (reference !== undefined) return;
  found.problems.push({
    code: isComputed ? 'github-actions/computed-image' : 'docker/not-an-image',
    message: isComputed
      ? 'an image is chosen when the workflow runs'
      : `not an image name: ${text.slice(0, 60)}`,
    at: { path: found.path, line },
    ...(isComputed ? {} : { lost: true }),
  });
}

/** One observation a file: actions of other people that are not tied to a commit, and anything tied to a branch. */
function unpinned(found: Found): Observation[] {
  const loose = found.pins.filter(
    ({ name, pin }) => pin === 'branch' || (pin !== 'commit' && !/^(?:actions|github)\//i.test(name)),
  );
  if (loose.length === 0) return [];
  const names = [...new Set(loose.map(({ name, ref }) => `${name}@${ref}`))].sort();
  const branches = loose.filter(({ pin }) => pin === 'branch').length;
  return [
    {
      rule: 'use/unpinned',
      message:
        `${loose.length} of ${found.pins.length} uses of actions can change without a change here` +
        `${branches === 0 ? '' : ` (${branches} of them follow a branch)`}: ${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}`,
      line: loose[0]!.line,
      hint: 'pin to a full commit, with the release as a comment: uses: owner/action@<commit> # v1.2.3',
      names,
    },
  ];
}
