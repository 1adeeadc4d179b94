import type { Burden, ManifestCost } from '../../model/cost.ts';
import { PRIORITIES, type Priority } from '../../model/finding.ts';
import { testFolderOf } from '../../analysis/text/paths.ts';
import { grouped } from '../common/words.ts';

/** Most urgent first: unscored is never below medium. */
const URGENCY: readonly Priority[] = ['critical', 'high', 'unknown', 'medium', 'low'];

/** The most urgent level that is open; `undefined` when nothing is. */
export function worstOf(burden: Burden): Priority | undefined {
  return URGENCY.find((priority) => burden.open[priority] > 0);
}

/** `2 critical, 10 high, 16 medium`; empty when nothing is open. */
export function openWords(burden: Burden): string {
  return URGENCY.filter((priority) => burden.open[priority] > 0)
    .map((priority) => `${grouped(burden.open[priority])} ${priority === 'unknown' ? 'unscored' : priority}`)
    .join(', ');
}

/** `12 direct dependencies bring in 310 components`, of one manifest. */
export function bringsIn({ directs, total }: ManifestCost): string {
  return `${many(directs.length, 'direct dependency', 'direct dependencies')} ${directs.length === 1 ? 'brings' : 'bring'} in ${many(total.components, 'component')}`;
}

/** How many findings are open. */
export function openCount(burden: Burden): number {
  return PRIORITIES.reduce((sum, priority) => sum + burden.open[priority], 0);
}

/** Sentences that the figures of a manifest rest on; empty when there is nothing to say. */
export function restsOn(manifest: ManifestCost): string[] {
  const { path, edgesKnown, directsKnown, orphans, total } = manifest;
  const folder = testFolderOf(path);
  return [
    ...(folder === undefined ? [] : [`${folder} looks like tests or examples, so this file comes last`]),
    ...(edgesKnown
      ? []
      : [
          'edges unknown: this kind of file does not say who asks for whom, so what goes with a direct dependency is not known',
        ]),
    ...(directsKnown
      ? []
      : [
          'this file does not say what the project itself asks for: what nothing else asks for stands for it',
        ]),
    ...(total.installScripts === undefined
      ? ['install scripts: unknown, this kind of file does not state them']
      : []),
    ...(orphans > 0
      ? [
          `${many(orphans, 'component that nothing asks for', 'components that nothing asks for')}: left over, or the file does not say why; what they need is never counted as going`,
        ]
      : []),
  ];
}

/** `1 component`, `2 components`. */
export const many = (n: number, one: string, more = `${one}s`): string =>
  `${grouped(n)} ${n === 1 ? one : more}`;
