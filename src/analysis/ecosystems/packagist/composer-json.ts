import type { Extractor } from '../../../model/extractor.ts';
import { newDraft, notLocked, projectNode } from '../draft.ts';
import { readComposerJson } from './composer-read.ts';

/** A composer.json that no lockfile covers. */
export const composerJson: Extractor = {
  id: 'packagist/composer-json',
  version: 1,
  ecosystem: 'Packagist',
  title: 'composer.json',
  files: ['composer.json'],
  notes:
    '`require` and `require-dev` with their ranges; platform requirements are left out. Only used when no composer.lock covers the file.',
  claims: (path) => /(?:^|\/)composer\.json$/.test(path),
  extract(file) {
    const { name, version, requirements, problems } = readComposerJson(file.text, file.path);
    const draft = newDraft();
    const root = draft.add(projectNode(name, version));
    const loose: { readonly name: string; readonly line: number }[] = [];
    for (const one of requirements) {
      const exact = /^=?v?\d+(?:\.\d+){0,3}(?:-[A-Za-z0-9.]+)?$/.test(one.range)
        ? one.range.replace(/^=/, '')
        : '';
      const component = { name: one.name, version: exact, origin: 'registry' as const, line: one.line };
      draft.link(
        root,
        draft.add(exact === '' ? { ...component, requested: one.range } : component),
        one.kind,
        one.range,
      );
      if (exact === '') loose.push(one);
    }
    return {
      role: 'manifest',
      components: draft.components,
      edges: draft.edges,
      edgesKnown: false,
      covers: [],
      observations: notLocked(
        loose,
        'requirements',
        'commit the composer.lock that `composer update` writes',
      ),
      problems,
    };
  },
};
