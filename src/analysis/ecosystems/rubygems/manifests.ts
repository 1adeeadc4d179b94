import type {
  ExtractedComponent,
  Extraction,
  Extractor,
  Scope,
  SourceFile,
} from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import { findMergeMarker, mergeConflict } from '../../text/merge-conflict.ts';
import { baseName } from '../../text/paths.ts';
import type { Draft } from '../draft.ts';
import { newDraft, notLocked, projectNode } from '../draft.ts';
import { isDevelopmentGem, normaliseRanges, readGemfile } from './gemfile-read.ts';
import { readGemspec } from './gemspec-read.ts';

/** A Gemfile that no lockfile covers. */
export const gemfile: Extractor = {
  id: 'rubygems/gemfile',
  version: 2,
  ecosystem: 'RubyGems',
  title: 'Gemfiles',
  files: ['Gemfile', 'gems.rb', '*.gemfile'],
  notes:
    'Read as text, never run: `gem` lines with literal names, their requirements and groups. ' +
    'Only used when no lockfile covers the file. A `gem` line whose name is computed is reported as not read.',
  claims: (path) => /(?:^|\/)(?:Gemfile|gems\.rb|[^/]+\.gemfile)$/.test(path),
  extract(file) {
    const read = readGemfile(file.text);
    const draft = newDraft();
    const root = draft.add(projectNode());
    for (const gem of read.gems)
      declare(draft, root, {
        ...gem,
        ranges: gem.ranges ?? [],
        scope: isDevelopmentGem(gem.groups) ? 'dev' : 'prod',
      });
    return manifest(draft, problemsOf(file, read.unread));
  },
};

/** A gem's own specification, where no lockfile covers it. */
export const gemspec: Extractor = {
  id: 'rubygems/gemspec',
  version: 2,
  ecosystem: 'RubyGems',
  title: 'Gem specifications',
  files: ['*.gemspec'],
  notes:
    'Read as text, never run: literal `add_dependency`, `add_runtime_dependency` and `add_development_dependency`. ' +
    'A dependency whose name is computed is reported as not read.',
  claims: (path) => /(?:^|\/)[^/]+\.gemspec$/.test(path),
  extract(file) {
    const read = readGemspec(file.text);
    const draft = newDraft();
    const root = draft.add(
      projectNode(read.name || baseName(file.path).slice(0, -'.gemspec'.length), read.version, 1),
    );
    for (const need of read.needs)
      declare(draft, root, { ...need, origin: 'registry', scope: need.isDevelopment ? 'dev' : 'prod' });
    return manifest(draft, problemsOf(file, read.unread));
  },
};

interface Need {
  readonly name: string;
  readonly ranges: readonly string[];
  readonly origin: ExtractedComponent['origin'];
  readonly scope: Scope;
  readonly line: number;
}

function declare(draft: Draft, root: number, { name, ranges, origin, scope, line }: Need): void {
  const range = normaliseRanges(ranges);
  const exact = /^= ([^,\s]+)$/.exec(range)?.[1] ?? '';
  const component = { name, version: exact, origin, line, ...(exact === '' ? { requested: range } : {}) };
  draft.link(root, draft.add(component), scope, range);
}

function manifest(draft: Draft, problems: readonly Problem[]): Extraction {
  const loose = draft.components.filter((found) => found.origin === 'registry' && found.version === '');
  return {
    role: 'manifest',
    components: draft.components,
    edges: draft.edges,
    edgesKnown: false,
    covers: [],
    observations: notLocked(loose, 'gems', 'commit the lockfile that `bundle lock` writes'),
    problems,
  };
}

function problemsOf(
  { path, text }: SourceFile,
  unread: readonly { readonly line: number; readonly text: string }[],
): Problem[] {
  const marker = findMergeMarker(text);
  if (marker !== undefined) return [mergeConflict(path, marker)];
  const first = unread[0];
  if (first === undefined) return [];
  const more = unread.length > 1 ? ` and ${unread.length - 1} more lines` : '';
  return [
    {
      code: 'rubygems/not-literal',
      message: `expected a literal gem name, found ${JSON.stringify(first.text)}${more}: Ruby is not run`,
      at: { path, line: first.line },
      lost: true,
    },
  ];
}
