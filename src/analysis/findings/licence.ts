import type { Component } from '../../model/component.ts';
import type { Finding } from '../../model/finding.ts';
import { versionless } from '../identity/identify.ts';
import { judgeLicence, type LicenceRules } from '../licences/judge.ts';
import { isDevelopmentOnly } from '../priority/prioritise.ts';
import { sha256 } from '../text/sha256.ts';
import { occurrencesOf, pathEvidence, scopesOfAll, type Places } from './occurrences.ts';

/**
 * Findings for components whose declared licence the rules deny, or that cannot be placed. Without rules there are none.
 * Components that declare nothing where we read are not findings one by one: most formats do not keep licences;
 * `licenceCoverage` counts them.
 */
export function licenceFindings(places: Places, rules: LicenceRules): readonly Finding[] {
  if (rules.allow === undefined && rules.deny === undefined) return [];
  return places.inventory.components.flatMap((component, index) => {
    if (component.origin === 'project' || component.origin === 'workspace' || component.licences.length === 0)
      return [];
    // Several files may each declare one; all of them hold.
    const declared =
      component.licences.length === 1
        ? component.licences[0]!
        : component.licences.map((l) => `(${l})`).join(' AND ');
    const { answer, reasons } = judgeLicence(declared, rules);
    return answer === 'allowed' ? [] : [findingOf(index, component, declared, answer, reasons, places)];
  });
}

function findingOf(
  index: number,
  component: Component,
  declared: string,
  answer: 'denied' | 'unknown',
  reasons: readonly string[],
  places: Places,
): Finding {
  const occurrences = occurrencesOf(places, index);
  const development = isDevelopmentOnly(scopesOfAll(occurrences));
  const rule = `licence/${answer}`;
  return {
    fingerprint: sha256(`${rule}\0${versionless(component)}\0${component.version}`),
    kind: 'licence',
    rule,
    ids: [rule],
    subject: component.purl,
    component: index,
    title:
      answer === 'denied' ? `licence ${declared} is not allowed` : `licence ${declared} could not be placed`,
    priority: answer === 'denied' ? (development ? 'medium' : 'high') : 'unknown',
    reasons: [
      ...reasons.map((text) => ({ code: rule, effect: 'sets' as const, text })),
      ...(development && answer === 'denied'
        ? [
            {
              code: 'dev-only',
              effect: 'lowers' as const,
              text: 'only development needs it; it is not shipped',
            },
          ]
        : []),
    ],
    occurrences,
    evidence: pathEvidence(places, index, 1),
    fixed: [],
    advisories: [],
    reachability: 'unknown',
  };
}

/** How many components declare a licence where we read, and how many do not; projects and members left out. */
export function licenceCoverage(components: readonly Component[]): {
  readonly declared: number;
  readonly silent: number;
} {
  const dependencies = components.filter(({ origin }) => origin !== 'project' && origin !== 'workspace');
  const declared = dependencies.filter(({ licences }) => licences.length > 0).length;
  return { declared, silent: dependencies.length - declared };
}
