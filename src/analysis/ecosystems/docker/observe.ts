import type { ExtractedComponent, Observation } from '../../../model/extractor.ts';

/** One observation a file for images without a tag (or with `latest`) and without a digest: two builds of one commit may differ. */
export function floatingImages(components: readonly ExtractedComponent[]): Observation[] {
  const floating = components.filter(
    (component) =>
      component.requested === 'latest' && component.version === '' && component.integrity === undefined,
  );
  const names = [...new Set(floating.map((component) => component.name))].sort();
  if (names.length === 0) return [];
  return [
    {
      rule: 'use/unpinned',
      message: `${names.length === 1 ? 'an image has' : `${names.length} images have`} no version, so that each build may get another: ${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}`,
      line: floating[0]!.line,
      hint: 'name a version tag, and a digest where builds must be reproducible',
      names,
    },
  ];
}
