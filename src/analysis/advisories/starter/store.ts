import type {
  Advisory,
  AdvisorySource,
  AdvisoryStore,
  AffectedEntry,
  AffectedRange,
} from '../../../model/advisory.ts';
import type { Codec } from '../../../model/bytes.ts';
import { ECOSYSTEMS } from '../../../model/ecosystem.ts';
import { ecosystemOf } from '../../ecosystems/index.ts';
import { scoreOf } from '../cvss/index.ts';
import { STARTER } from './data.ts';
import { STARTER_DATE, type StarterFact } from './fact.ts';

const INSTANT = `${STARTER_DATE}T00:00:00Z`;

/** The embedded set as a store. Its sources are of kind `starter`, and it covers no ecosystem: absence of a finding says nothing. */
export function starterStore(codec: Codec): AdvisoryStore {
  const entries = new Map<string, AffectedEntry[]>();
  for (const [advisory, fact] of STARTER.entries())
    for (const [name, spans] of Object.entries(fact.affected)) {
      const key = `${fact.ecosystem}\0${ecosystemOf(fact.ecosystem).normaliseName(name)}`;
      const list = entries.get(key) ?? [];
      list.push({
        advisory,
        id: fact.id,
        ranges: spans.flatMap(toRange),
        versions: spans.flatMap(toVersion),
      });
      list.sort((a, b) => (a.id < b.id ? -1 : 1));
      entries.set(key, list);
    }
  return {
    sources: ECOSYSTEMS.flatMap((ecosystem): AdvisorySource[] => {
      const advisories = STARTER.filter((fact) => fact.ecosystem === ecosystem).length;
      if (advisories === 0) return [];
      return [
        { ecosystem, advisories, newest: INSTANT, builtAt: INSTANT, kind: 'starter', from: 'starter set' },
      ];
    }),
    digest: codec.sha256([new TextEncoder().encode(JSON.stringify(STARTER))]),
    covers: () => false,
    lookup: (ecosystem, name) => entries.get(`${ecosystem}\0${name}`) ?? [],
    advisory: (_ecosystem, ordinal) => toAdvisory(STARTER[ordinal]!),
    exploited: () => undefined,
    epss: () => undefined,
    kevDate: undefined,
    epssDate: undefined,
  };
}

function toRange(span: string): AffectedRange[] {
  if (span.startsWith('=')) return [];
  const [introduced, fixed] = span.split('..') as [string, string];
  return [fixed === '' ? { introduced } : { introduced, fixed }];
}

const toVersion = (span: string): string[] => (span.startsWith('=') ? [span.slice(1)] : []);

function toAdvisory(fact: StarterFact): Advisory {
  const { id, aliases, summary, vector, stated, published, malicious } = fact;
  return {
    id,
    aliases,
    summary,
    modified: INSTANT,
    ...(published === undefined ? {} : { published: `${published}T00:00:00Z` }),
    ...(stated === undefined ? {} : { stated }),
    scores: vector === undefined ? [] : [{ type: 'CVSS_V3', vector, score: scoreOf(vector) }],
    cwes: malicious ? ['CWE-506'] : [],
    references: [{ type: 'ADVISORY', url: `https://osv.dev/vulnerability/${id}` }],
    malicious: malicious ?? false,
  };
}
