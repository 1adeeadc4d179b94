import { sha256 } from '../common/digest.ts';
import type { Advisory } from '../../model/advisory.ts';
import type { Component, Purl } from '../../model/component.ts';
import type { EcosystemId } from '../../model/ecosystem.ts';
import { SCOPES } from '../../model/extractor.ts';
import type { Scope } from '../../model/extractor.ts';
import type { Finding } from '../../model/finding.ts';
import type { Direct, Manifest, Occurrence } from '../../model/inventory.ts';
import type { Snapshot } from '../../model/result.ts';

/** One line of a manifest in a test: `name@version`, where it stands, and what it asks for (by `name@version`). */
export interface Place {
  readonly what: string;
  readonly line?: number;
  readonly direct?: Direct;
  readonly scopes?: readonly Scope[];
  readonly asks?: readonly (readonly [what: string, kind: Scope])[];
  readonly alias?: string;
}

export interface ManifestSketch {
  readonly path: string;
  readonly ecosystem?: EcosystemId;
  readonly extractor?: string;
  readonly role?: Manifest['role'];
  readonly edgesKnown?: boolean;
  readonly places: readonly Place[];
}

const PURL_TYPES: Partial<Record<EcosystemId, string>> = {
  npm: 'npm',
  PyPI: 'pypi',
  Go: 'golang',
  Maven: 'maven',
  Docker: 'docker',
  'GitHub Actions': 'github',
};

export function purlOf(what: string, ecosystem: EcosystemId = 'npm'): Purl {
  const { name, version } = split(what);
  const path = name.split('/').map(encodeURIComponent).join('/');
  return `pkg:${PURL_TYPES[ecosystem] ?? 'generic'}/${path}${version === '' ? '' : `@${version}`}` as Purl;
}

/** Builds an inventory as the scan does: components by purl, manifests by path, edges in rows. `details` adds to a component by `name@version`. */
export function inventoryOf(
  sketches: readonly ManifestSketch[],
  details: Readonly<Record<string, Partial<Component>>> = {},
): Snapshot['inventory'] {
  const components = new Map<string, Component>();
  for (const { places, ecosystem = 'npm' } of sketches)
    for (const { what } of places) {
      const purl = purlOf(what, ecosystem);
      components.set(purl, {
        purl,
        ecosystem,
        ...split(what),
        origin: 'registry',
        licences: [],
        ...details[what],
      });
    }
  const ordered = [...components.values()].sort((a, b) => (a.purl < b.purl ? -1 : 1));
  const indexOf = new Map(ordered.map(({ purl }, index) => [purl, index]));
  const manifests = sketches.map((sketch) => manifestOf(sketch, indexOf, ordered));
  return {
    components: ordered,
    manifests: manifests.sort((a, b) => (a.path < b.path ? -1 : 1)),
    problems: [],
  };
}

function manifestOf(
  sketch: ManifestSketch,
  indexOf: ReadonlyMap<Purl, number>,
  components: readonly Component[],
): Manifest {
  const ecosystem = sketch.ecosystem ?? 'npm';
  const nodeOf = new Map(sketch.places.map(({ what }, node) => [what, node]));
  const occurrences: Occurrence[] = sketch.places.map(({ what, line, direct, scopes, alias }) => ({
    component: indexOf.get(purlOf(what, ecosystem))!,
    line: line ?? 0,
    direct: direct ?? 'no',
    scopes: scopes ?? ['prod'],
    ...(alias === undefined ? {} : { alias }),
  }));
  const offsets = [0];
  const targets: number[] = [];
  const kinds: number[] = [];
  for (const { asks = [] } of sketch.places) {
    for (const [what, kind] of asks) {
      targets.push(nodeOf.get(what)!);
      kinds.push(SCOPES.indexOf(kind));
    }
    offsets.push(targets.length);
  }
  return {
    path: sketch.path,
    extractor: sketch.extractor ?? 'npm/package-lock',
    role: sketch.role ?? 'lock',
    edgesKnown: sketch.edgesKnown ?? true,
    covers: [],
    occurrences,
    roots: occurrences.flatMap(({ component }, node) => {
      const { origin } = components[component]!;
      return origin === 'project' || origin === 'workspace' ? [node] : [];
    }),
    offsets: Uint32Array.from(offsets),
    targets: Uint32Array.from(targets),
    kinds: Uint8Array.from(kinds),
    ranges: targets.map(() => ''),
    observations: [],
  };
}

function split(what: string): { name: string; version: string } {
  const at = what.lastIndexOf('@');
  return at > 0 ? { name: what.slice(0, at), version: what.slice(at + 1) } : { name: what, version: '' };
}

export function advisoryOf(id: string, more: Partial<Advisory> = {}): Advisory {
  return {
    id,
    aliases: [],
    summary: `What ${id} is about`,
    published: '2021-02-15T00:00:00Z',
    modified: '2024-01-01T00:00:00Z',
    scores: [],
    cwes: [],
    references: [],
    malicious: false,
    ...more,
  };
}

/** A finding about one component of an inventory, with one occurrence for each place where it is. */
export function findingOf(
  inventory: Snapshot['inventory'],
  what: string,
  advisories: readonly Advisory[],
  more: Partial<Finding> = {},
): Finding {
  const component = inventory.components.findIndex(({ name, version }) => `${name}@${version}` === what);
  const ids = [...new Set(advisories.flatMap(({ id, aliases }) => [id, ...aliases]))];
  const preferred = ids.find((id) => id.startsWith('CVE-')) ?? ids[0]!;
  return {
    fingerprint: sha256(`${preferred} ${what}`),
    kind: advisories.some(({ malicious }) => malicious) ? 'malware' : 'advisory',
    rule: `advisory/${preferred}`,
    ids: [preferred, ...ids.filter((id) => id !== preferred).sort()],
    subject: inventory.components[component]!.purl,
    component,
    title: `${what}: ${advisories[0]!.summary}`,
    priority: 'high',
    reasons: [{ code: 'cvss', text: 'CVSS 3.1 base score 7.2', effect: 'sets' }],
    occurrences: inventory.manifests.flatMap((manifest) =>
      manifest.occurrences
        .filter((occurrence) => occurrence.component === component)
        .map(({ line, direct, scopes }) => ({
          at: line === 0 ? { path: manifest.path } : { path: manifest.path, line },
          direct,
          scopes,
        })),
    ),
    evidence: [],
    fixed: [],
    advisories,
    reachability: 'unknown',
    ...more,
  };
}

export function snapshotOf(
  inventory: Snapshot['inventory'],
  findings: readonly Finding[],
  more: Partial<Snapshot> = {},
): Snapshot {
  return {
    schema: 1,
    tool: { name: 'assay', version: '0.1.0' },
    target: { name: 'example', kind: 'commit', commit: '0123456789abcdef0123456789abcdef01234567' },
    takenAt: '2026-11-21T09:00:00Z',
    inventory,
    knowledge: {
      sources: [
        {
          ecosystem: 'npm',
          advisories: 220_123,
          newest: '2026-11-20T08:00:00Z',
          builtAt: '2026-11-20T09:00:00Z',
          kind: 'installed',
          from: 'https://advisories.example.invalid',
        },
      ],
      digest: 'd'.repeat(64),
      kevDate: '2026-11-19',
      epssDate: '2026-11-18',
    },
    findings,
    actions: [],
    notChecked: [],
    decisions: [],
    problems: [],
    verdict: { effect: 'pass', reasons: ['nothing at or above high'], blocking: [] },
    ...more,
  };
}
