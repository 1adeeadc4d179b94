import type { Finding, Priority } from '../../model/finding.ts';
import { describeEndOfLife, endOfLife, type EndOfLife } from '../ecosystems/runtime/end-of-life.ts';
import { imageEndOfLife } from '../ecosystems/runtime/images.ts';
import { versionless } from '../identity/identify.ts';
import { isDevelopmentOnly } from '../priority/prioritise.ts';
import { sha256 } from '../text/sha256.ts';
import { occurrencesOf, scopesOfAll, type Places } from './occurrences.ts';

/**
 * Findings for declared runtimes and base images whose release line has no security fixes any more, or soon none.
 * `now` is RFC 3339; the table's own date is said in each finding.
 */
export function runtimeFindings(places: Places, now: string): readonly Finding[] {
  const today = now.slice(0, 10);
  return places.inventory.components.flatMap((component, index) => {
    const judged =
      component.ecosystem === 'Runtime'
        ? [endOfLife(component.name, component.version || (component.requested ?? ''), today)]
        : component.ecosystem === 'Docker'
          ? imageEndOfLife(component.name, component.version, today)
          : [];
    return judged.flatMap((one) => (one === undefined ? [] : findingOf(index, one, places)));
  });
}

function findingOf(index: number, end: EndOfLife, places: Places): Finding[] {
  // That a range will allow something that ends next spring is nobody's task today.
  if (end.judged === 'range' && end.state === 'ending-soon') return [];
  const title = describeEndOfLife(end);
  if (title === undefined) return [];
  const component = places.inventory.components[index]!;
  const occurrences = occurrencesOf(places, index);
  const { priority, words } = levelOf(end, isDevelopmentOnly(scopesOfAll(occurrences)));
  return [
    {
      fingerprint: sha256(`runtime/end-of-life\0${versionless(component)}\0${end.name}\0${end.cycle}`),
      kind: 'runtime',
      rule: 'runtime/end-of-life',
      ids: ['runtime/end-of-life'],
      subject: component.purl,
      component: index,
      title,
      priority,
      reasons: [
        { code: 'runtime/end-of-life', effect: 'sets', text: words },
        ...(end.note === undefined ? [] : [{ code: 'note', effect: 'notes' as const, text: end.note }]),
      ],
      occurrences,
      evidence: [{ kind: 'record', source: end.source, id: `${end.name} ${end.cycle}`, at: end.asOf }],
      fixed:
        end.latestSupported === undefined || end.latestSupported === end.cycle ? [] : [end.latestSupported],
      advisories: [],
      reachability: 'unknown',
    },
  ];
}

function levelOf(end: EndOfLife, development: boolean): { priority: Priority; words: string } {
  const table = `(table of ${end.asOf})`;
  if (end.state === 'ending-soon') return { priority: 'low', words: `time to plan the move ${table}` };
  if (end.judged === 'range')
    return { priority: 'low', words: `a range says what is allowed, not what runs ${table}` };
  if (development)
    return { priority: 'low', words: `holes found from now on stay open; only development uses it ${table}` };
  return {
    priority: 'medium',
    words: `holes found from now on stay open, and advisories stop naming it ${table}`,
  };
}
