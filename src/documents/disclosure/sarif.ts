import type { Tier } from '../../model/disclosure.ts';
import type { Disclosure, DisclosureReport, DisclosureSpot } from '../../model/disclosure-report.ts';
import type { Problem } from '../../model/problem.ts';
import { historyWords, spotWords } from './words.ts';

const LEVELS: Readonly<Record<Tier, 'error' | 'warning' | 'note'>> = {
  certain: 'error',
  likely: 'error',
  possible: 'note',
};
/** GitHub's bands: critical from 9, high from 7, medium from 4. */
const SEVERITY: Readonly<Record<Tier, string>> = { certain: '9.5', likely: '8.0', possible: '4.0' };

/** SARIF 2.1.0: one result a secret. https://docs.oasis-open.org/sarif/sarif/v2.1.0/ */
export function disclosureSarif(report: DisclosureReport): string {
  return `${JSON.stringify(disclosureSarifDocument(report), null, 2)}\n`;
}

/** The document before it is printed. */
export function disclosureSarifDocument(report: DisclosureReport): object {
  const byRule = new Map<string, Disclosure>();
  for (const one of report.disclosures) if (!byRule.has(one.rule)) byRule.set(one.rule, one);
  const ids = [...byRule.keys()].sort();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Assay',
            version: report.assay,
            semanticVersion: report.assay,
            rules: ids.map((id) => rule(byRule.get(id)!)),
          },
        },
        automationDetails: { id: 'assay-secrets/' },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: true,
            endTimeUtc: report.createdAt,
            toolExecutionNotifications: report.problems.map(notification),
          },
        ],
        results: report.disclosures.map((one) =>
          result(one, ids.indexOf(one.rule), report.stableFingerprints),
        ),
      },
    ],
  };
}

function rule({ rule: id, title, tier, advice, revokePage, kind }: Disclosure): object {
  return {
    id,
    name: title,
    shortDescription: { text: title },
    help: { text: advice },
    ...(revokePage === undefined ? {} : { helpUri: revokePage }),
    properties: { tags: ['security', kind], 'security-severity': SEVERITY[tier] },
  };
}

function result(one: Disclosure, ruleIndex: number, isStable: boolean): object {
  const past = historyWords(one);
  return {
    ruleId: one.rule,
    ruleIndex,
    kind: 'fail',
    level: LEVELS[one.tier],
    message: {
      text: `${one.title} (${one.tier}: ${one.reasons.join('; ')}). ${past === undefined ? '' : `It is here ${past}. `}${one.advice}${one.moreSpots === true ? ' It stands in more places than are listed.' : ''}`,
    },
    locations: one.spots.map(location),
    ...(isStable
      ? {
          partialFingerprints: {
            'assaySecret/v1': one.fingerprint,
            primaryLocationLineHash: `${one.fingerprint}:1`,
          },
        }
      : {}),
    suppressions:
      one.covered === undefined
        ? []
        : [{ kind: 'external', status: 'accepted', justification: one.covered.reason }],
    properties: { tier: one.tier, kind: one.kind, copies: one.copies },
  };
}

function location(spot: DisclosureSpot): object {
  const words = { message: { text: spotWords(spot) } };
  if (spot.path === undefined || (spot.source !== 'file' && spot.source !== 'document-property'))
    return { logicalLocations: [{ fullyQualifiedName: spotWords(spot) }], ...words };
  return {
    physicalLocation: {
      artifactLocation: { uri: spot.path.split('/').map(encodeURIComponent).join('/') },
      ...(spot.line === undefined ? {} : { region: { startLine: spot.line } }),
    },
    ...words,
  };
}

function notification({ code, message, lost }: Problem): object {
  return { level: lost === true ? 'warning' : 'note', message: { text: message }, descriptor: { id: code } };
}
