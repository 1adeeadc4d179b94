import type { Decision } from '../../model/decision.ts';
import type { Finding } from '../../model/finding.ts';
import type { Reporter, Snapshot } from '../../model/result.ts';
import { advisoryUrl, decisionsOf, remedyOf } from '../common/advisory.ts';
import { documentUuid, subjectOf } from '../common/subject.ts';
import { caveats, grouped, problemWords } from '../common/words.ts';

/** OpenVEX 0.2.0. https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md */
export const openvex: Reporter = {
  id: 'openvex',
  mediaType: 'application/json',
  report: (snapshot) => openvexReport(snapshot),
};

export interface OpenVexOptions {
  /** Who makes the statements; `assay` when nobody is named. */
  readonly author?: string;
  readonly role?: string;
}

/**
 * One statement for each finding that an advisory stands behind: what was decided about it, or that it is under investigation:
 * a version that an advisory names says nothing yet about whether the product is affected. Decisions that no finding needs
 * any more (`fixed`, `not_affected`) are stated too. With neither there are no statements, which OpenVEX readers take
 * though the published schema asks for one: we do not make one up.
 * The format has no place for what was not checked, left out or not understood, and allows no field of one's own: `tooling`, which
 * says how the document was made, is the one text of the whole document, so they stand there.
 */
export function openvexReport(snapshot: Snapshot, options: OpenVexOptions = {}): string {
  return `${JSON.stringify(openvexDocument(snapshot, options), null, 2)}\n`;
}

/** The document before it is printed. */
export function openvexDocument(snapshot: Snapshot, options: OpenVexOptions = {}): object {
  const product = subjectOf(snapshot).purl;
  const decisions = decisionsOf(snapshot);
  const statements = snapshot.findings
    .filter(({ ids }) => ids.length > 0)
    .map((finding) => ({
      vulnerability: vulnerabilityOf(finding),
      products: [{ '@id': product, identifiers: { purl: product }, subcomponents: [part(finding.subject)] }],
      ...verdictOn(finding, finding.decision === undefined ? undefined : decisions.get(finding.decision)),
    }));
  return {
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': `urn:uuid:${documentUuid(snapshot, 'openvex')}`,
    author: options.author ?? 'assay',
    ...(options.role === undefined ? {} : { role: options.role }),
    timestamp: snapshot.takenAt,
    version: 1,
    tooling: [`assay ${snapshot.tool.version}`, ...caveats(snapshot), ...gaps(snapshot)].join('; '),
    statements: [...statements, ...standing(snapshot, product)],
  };
}

/** So many gaps are spelled out, the rest counted: it is one text. */
const SPELLED_OUT = 20;

function gaps({ problems }: Snapshot): string[] {
  const found = problems.filter(({ code, lost }) => lost === true || code === 'tree/left-out');
  const more = found.length - SPELLED_OUT;
  return [
    ...found.slice(0, SPELLED_OUT).map(problemWords),
    ...(more > 0 ? [`and ${grouped(more)} more that were left out or not understood`] : []),
  ];
}

const part = (purl: string): object => ({ '@id': purl, identifiers: { purl } });

function vulnerabilityOf(finding: Finding): object {
  const summary = finding.advisories[0]?.summary ?? '';
  return {
    '@id': advisoryUrl(finding),
    name: finding.ids[0]!,
    ...(summary === '' ? {} : { description: summary }),
    ...(finding.ids.length > 1 ? { aliases: finding.ids.slice(1) } : {}),
  };
}

function verdictOn(finding: Finding, decision: Decision | undefined): object {
  if (decision !== undefined) return ruling(decision, remedyOf(finding));
  if (finding.kind === 'malware')
    return { status: 'affected', action_statement: 'Remove the component: it is malicious.' };
  if (finding.reachability === 'reachable')
    return { status: 'affected', action_statement: remedyOf(finding) ?? 'No released version ends it.' };
  const remedy = remedyOf(finding);
  return {
    status: 'under_investigation',
    status_notes: [
      'Matched by version; nobody has ruled on it yet.',
      finding.reachability === 'unreachable' ? 'Analysis found no path to the vulnerable code.' : '',
      remedy ?? '',
    ]
      .filter((line) => line !== '')
      .join(' '),
  };
}

/** A decision in OpenVEX's words: `not_affected` needs a justification or an impact statement, `affected` an action statement. */
function ruling(decision: Decision, remedy: string | undefined): object {
  const { status, justification, reason, by, at, expires } = decision;
  const notes = [
    by === '' ? '' : `Decided by ${by}.`,
    expires === undefined ? '' : `Holds until ${expires}.`,
  ];
  const said = reason === '' ? 'No reason was given.' : reason;
  return {
    ...(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(at) ? { timestamp: at } : {}),
    status,
    status_notes: [...(status === 'fixed' || status === 'under_investigation' ? [said] : []), ...notes]
      .filter((line) => line !== '')
      .join(' '),
    ...(status === 'not_affected' && justification !== undefined ? { justification } : {}),
    ...(status === 'not_affected' ? { impact_statement: said } : {}),
    ...(status === 'affected'
      ? { action_statement: remedy === undefined ? said : `${said} (${remedy})` }
      : {}),
  };
}

/** Decisions of our own that name a component as a whole and at least one advisory, and have no finding (any more). */
function standing(snapshot: Snapshot, product: string): object[] {
  return snapshot.decisions
    .filter(
      ({ state, decision: { about, status, source } }) =>
        state === 'unused' &&
        source.format === 'assay' &&
        about.path === undefined &&
        about.manifest === undefined &&
        about.scope === undefined &&
        (status === 'fixed' || status === 'not_affected') &&
        about.component !== undefined &&
        !about.component.endsWith('*') &&
        about.advisories.length > 0,
    )
    .map(({ decision }) => ({
      vulnerability: {
        name: decision.about.advisories[0]!,
        ...(decision.about.advisories.length > 1 ? { aliases: decision.about.advisories.slice(1) } : {}),
      },
      products: [
        { '@id': product, identifiers: { purl: product }, subcomponents: [part(decision.about.component!)] },
      ],
      ...ruling(decision, undefined),
    }));
}
