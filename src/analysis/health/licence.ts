import type { CardEvidence, CardVerdict, HealthCard, LicenceEdit } from '../../model/adoption.ts';
import { licencesOf, parseLicence } from '../licences/expression.ts';
import type { JudgedEdit } from '../licences/recognise-edit.ts';
import { judgeLicenceEdit } from '../licences/recognise-edit.ts';
import type { LicenceKind } from '../licences/recognise-phrases.ts';
import { LICENCE_PHRASES } from '../licences/recognise-phrases.ts';
import type { RecognisedLicence } from '../licences/recognise.ts';
import { family, recogniseLicences } from '../licences/recognise.ts';
import { organisationShares, organisationWords } from './bus-factor.ts';
import { counted, dayOf, DAY, percent } from './figures.ts';
import { enterpriseFolders, nestedLicenceFiles, ownLicenceFiles } from './files.ts';
import type { CloneView, HealthInput } from './input.ts';
import { GIVE_CLONE, knowsSince, unknownCard } from './input.ts';
import { readPapers } from './papers.ts';
import { humanCommits, tally } from './people.ts';

const TITLE = 'Licence and relicensing risk';
/** One organisation at or above this share of 24 months can decide alone. */
const DOMINANT = 0.7;
const MANY = 5;

export type RelicensingRisk = 'low' | 'medium' | 'high' | 'unknown';

/**
 * What may be done with it, and may that change? Licences are recognised from the texts of LICENSE files and held against what
 * the registry declares. Risk of relicensing or closing: high when one organisation wrote ≥ 70 % of 24 months' commits, asks
 * contributors for rights (CLA, assignment) and no foundation is named; medium when two of these hold; low otherwise.
 * Weak: source-available terms, none, or a high risk. Watch: strong or unclear terms, disagreement, changed terms, medium risk.
 */
export function licenceCard(input: HealthInput): HealthCard {
  const { clone, registry } = input;
  if (clone === undefined && registry?.licence === undefined)
    return unknownCard('licence', TITLE, 'there is neither a clone nor metadata to look at', GIVE_CLONE);
  const evidence: CardEvidence[] = [];
  const texts = clone === undefined ? [] : readTexts(clone, evidence);
  const licences = texts.flatMap(({ main }) => (main === undefined ? [] : [main]));
  const { declared, by } = declaration(input);
  const agrees = agreement(licences, declared, texts.length);
  if (declared !== undefined)
    evidence.push({
      text: `${by} declares ${declared}${agrees === undefined ? '' : agrees ? ', as the files say' : ', which the files do not say'}`,
    });
  const kind = licences.length > 0 ? worstKind(licences) : declaredKind(declared);
  const edits = clone === undefined ? [] : judgedEdits(clone.facts.licenceEdits);
  evidence.push(...editWords(edits, clone));
  const restricted = clone === undefined ? [] : restrictions(clone, evidence);
  const risk = clone === undefined ? undefined : riskOf(clone, input.asOf, evidence);
  const changed = edits.filter(({ judged }) => judged.kind === 'terms changed');
  const recent = changed.filter(({ edit }) => edit.at > input.asOf - 3 * 365 * DAY);
  const names = [...new Set(licences.map(({ id }) => id))];
  const what =
    names.length > 0
      ? names.join(', ')
      : declared !== undefined
        ? `declared ${declared}`
        : texts.length > 0
          ? 'a text that is not recognised'
          : 'no licence file';
  const none = clone !== undefined && texts.length === 0 && declared === undefined;
  return {
    id: 'licence',
    title: TITLE,
    verdict: verdictOf({
      kind,
      none,
      agrees,
      risk: risk?.risk,
      recent: recent.length,
      restricted: restricted.length,
    }),
    says: `${what}${kind === undefined ? '' : ` (${KIND_WORDS[kind]})`}${
      changed.length === 0 ? '' : `; terms changed ${counted(changed.length, 'time')}`
    }; relicensing risk ${risk?.risk ?? 'unknown'}`,
    figures: {
      licences: names.join(', ') || null,
      kind: kind ?? null,
      declared: declared ?? null,
      filesAgreeWithMetadata: agrees ?? null,
      licenceEdits: clone === undefined ? null : edits.filter(({ judged }) => judged.kind !== 'added').length,
      termsChanged: clone === undefined ? null : changed.length,
      relicensingRisk: risk?.risk ?? 'unknown',
      oneOrganisationDominates: risk?.dominant ?? null,
      contributorAgreement: risk?.cla ?? null,
      foundationNamed: risk?.foundation ?? null,
      restrictedParts: clone === undefined ? null : restricted.length,
    },
    evidence,
    ...(clone === undefined ? { give: GIVE_CLONE } : {}),
  };
}

const KIND_WORDS: Readonly<Record<LicenceKind, string>> = {
  'public-domain': 'public domain',
  permissive: 'permissive',
  weak: 'weak copyleft',
  strong: 'strong copyleft',
  'source-available': 'source available, not open source',
  content: 'for content, not code',
};

/** What the registry declares, else a manifest of the component that is asked about, else one in the top folder. */
function declaration({ registry, own, candidates, asked }: HealthInput): {
  readonly declared: string | undefined;
  readonly by: string;
} {
  if (registry?.licence !== undefined) return { declared: registry.licence, by: registry.from };
  for (const { path, roots, occurrences } of own?.inventory.manifests ?? [])
    for (const node of roots) {
      const { name, licences } = own!.inventory.components[occurrences[node]!.component]!;
      const [declared] = licences;
      const meant = asked ? candidates.some((one) => one.name === name) : !path.includes('/');
      if (meant && declared !== undefined) return { declared, by: path };
    }
  return { declared: undefined, by: '' };
}

interface ReadText {
  readonly path: string;
  readonly main: RecognisedLicence | undefined;
}

function readTexts(clone: CloneView, evidence: CardEvidence[]): readonly ReadText[] {
  const files = ownLicenceFiles(clone.paths);
  const read = files.map((path): ReadText => {
    const text = clone.texts.get(path);
    if (text === undefined) {
      evidence.push({ text: `${path}: cannot be read`, path });
      return { path, main: undefined };
    }
    const { licences, more } = recogniseLicences(text);
    const [main, ...others] = licences;
    const beside = others.length === 0 ? '' : `; beside it ${others.map(({ id }) => id).join(', ')}`;
    evidence.push({
      text:
        main === undefined
          ? `${path}: the text is not recognised`
          : `${path}: ${main.id}${main.notice ? ' (a notice)' : ''}${beside}${more ? '; and more text than the licence has' : ''}`,
      path,
    });
    return { path, main };
  });
  if (files.length === 0) evidence.push({ text: 'no licence file in the top folder' });
  return read;
}

/** Alternatives (LICENSE-MIT, LICENSE-APACHE) are judged by the mildest; one that is source-available taints. */
function worstKind(licences: readonly RecognisedLicence[]): LicenceKind {
  const restricted = licences.find(({ kind }) => kind === 'source-available');
  if (restricted !== undefined) return restricted.kind;
  const order: readonly LicenceKind[] = ['public-domain', 'permissive', 'weak', 'strong', 'content'];
  return order.find((kind) => licences.some((licence) => licence.kind === kind))!;
}

function declaredKind(declared: string | undefined): LicenceKind | undefined {
  if (declared === undefined) return undefined;
  const { expression } = parseLicence(declared);
  const ids = expression === undefined ? [] : licencesOf(expression).map(({ id }) => family(id));
  return LICENCE_PHRASES.find(({ id }) => ids.includes(family(id)))?.kind;
}

/** Whether every recognised licence is among the declared and the other way round; `undefined` where either is not known. */
function agreement(
  licences: readonly RecognisedLicence[],
  declared: string | undefined,
  files: number,
): boolean | undefined {
  if (declared === undefined || licences.length === 0 || licences.length < files) return undefined;
  const { expression } = parseLicence(declared);
  if (expression === undefined) return undefined;
  const leaves = licencesOf(expression);
  if (leaves.some(({ listed }) => !listed)) return undefined;
  const named = new Set(leaves.map(({ id }) => family(id)));
  const seen = new Set(licences.map(({ id }) => family(id)));
  return [...named].every((id) => seen.has(id)) && [...seen].every((id) => named.has(id));
}

interface Judged {
  readonly edit: LicenceEdit;
  readonly judged: JudgedEdit;
}

/** Newest first. A file that came back after it was removed is held against what was removed. */
function judgedEdits(edits: readonly LicenceEdit[]): readonly Judged[] {
  const result: Judged[] = [];
  let removed: { readonly index: number; readonly text: string | undefined } | undefined;
  for (const edit of edits.toReversed()) {
    if (edit.after === undefined && edit.before !== undefined) {
      removed = { index: result.length, text: edit.before };
      result.push({ edit, judged: judgeLicenceEdit(edit.before, undefined) });
    } else if (edit.before === undefined && removed !== undefined) {
      const judged = judgeLicenceEdit(removed.text, edit.after);
      // Gone and back is one edit: the removal is told by what came instead.
      result[removed.index] = {
        edit: result[removed.index]!.edit,
        judged: { kind: 'unclear', says: 'removed for a while' },
      };
      result.push({ edit, judged });
      removed = undefined;
    } else result.push({ edit, judged: judgeLicenceEdit(edit.before, edit.after) });
  }
  return result.reverse();
}

function editWords(edits: readonly Judged[], clone: CloneView | undefined): readonly CardEvidence[] {
  if (clone === undefined) return [];
  const real = edits.filter(({ judged }) => judged.kind !== 'added');
  const telling = real.filter(({ judged }) => judged.kind !== 'text tidy');
  const tidy = real.length - telling.length;
  const coarse =
    clone.facts.licenceStep > 1
      ? `; what was undone within ${clone.facts.licenceStep} commits may be missing`
      : '';
  const words: CardEvidence[] = telling.slice(0, MANY).map(({ edit, judged }) => ({
    text: `${dayOf(edit.at)} ${edit.path}: ${judged.kind}${judged.says === '' ? '' : `, ${judged.says}`}`,
    commit: edit.commit,
    path: edit.path,
  }));
  if (telling.length > MANY)
    words.push({ text: `and ${counted(telling.length - MANY, 'older edit')} of the kind` });
  const many =
    real.length === 0
      ? 'no edit of licence files on the main line'
      : `${counted(real.length, 'edit')} of licence files on the main line, ${tidy} of them text tidy`;
  words.push({
    text: `${many}${coarse}${
      clone.facts.wholeSince === undefined ? '' : '; what was before the cut is not known'
    }`,
  });
  return words;
}

/** Parts under terms that are not open source, and folders for those who pay. */
function restrictions(clone: CloneView, evidence: CardEvidence[]): readonly string[] {
  const found: string[] = [];
  for (const path of nestedLicenceFiles(clone.paths)) {
    const text = clone.texts.get(path);
    const restricted =
      text === undefined
        ? undefined
        : recogniseLicences(text).licences.find(({ kind }) => kind === 'source-available');
    if (restricted === undefined) continue;
    found.push(path);
    if (found.length <= MANY) evidence.push({ text: `${path}: ${restricted.id}`, path });
  }
  for (const folder of enterpriseFolders(clone.paths)) {
    found.push(folder);
    if (found.length <= MANY)
      evidence.push({ text: `${folder}/: a folder for an enterprise edition?`, path: folder });
  }
  return found;
}

interface Risk {
  readonly risk: RelicensingRisk;
  readonly dominant: boolean | null;
  readonly cla: boolean;
  readonly foundation: boolean;
}

function riskOf(clone: CloneView, asOf: number, evidence: CardEvidence[]): Risk {
  const papers = readPapers(clone, asOf);
  const from = asOf - 2 * 365 * DAY;
  const commits = humanCommits(clone.facts, clone.crowd, from, asOf);
  const known = knowsSince(clone.facts, from) && commits.length > 0;
  const organisations = known ? organisationShares(commits, clone.crowd) : [];
  const first = organisations.find(({ people }) => people > 1);
  const [alone] = known ? tally(commits.map(({ author }) => clone.crowd.personOf[author]!)) : [];
  const byOne = alone === undefined ? 0 : alone[1] / commits.length;
  // One person who wrote nearly all can decide alone as an organisation can.
  const dominant = known ? (first?.byPeople ?? 0) >= DOMINANT || byOne >= DOMINANT : null;
  if (first !== undefined) evidence.push({ text: `24 months: ${organisationWords(first)}` });
  if (byOne >= DOMINANT)
    evidence.push({ text: `24 months: one person wrote ${percent(byOne)} of the commits` });
  evidence.push(
    papers.cla ?? { text: 'no contributor agreement seen in the papers' },
    papers.foundation ?? { text: 'no foundation named in README, governance or notice files' },
  );
  if (papers.dco !== undefined) evidence.push(papers.dco);
  if (papers.trademark !== undefined) evidence.push(papers.trademark);
  const points =
    Number(dominant === true) + Number(papers.cla !== undefined) + Number(papers.foundation === undefined);
  const unsure = dominant === null && points < 2;
  const mild =
    papers.dco !== undefined &&
    papers.cla === undefined &&
    organisations.filter(({ people }) => people > 0).length >= 3;
  const risk: RelicensingRisk = unsure
    ? 'unknown'
    : points === 3
      ? 'high'
      : points === 2 && !mild
        ? 'medium'
        : 'low';
  return { risk, dominant, cla: papers.cla !== undefined, foundation: papers.foundation !== undefined };
}

function verdictOf(seen: {
  readonly kind: LicenceKind | undefined;
  readonly none: boolean;
  readonly agrees: boolean | undefined;
  readonly risk: RelicensingRisk | undefined;
  readonly recent: number;
  readonly restricted: number;
}): CardVerdict {
  if (seen.none || seen.kind === 'source-available' || seen.risk === 'high') return 'weak';
  if (seen.kind === undefined) return 'unknown';
  const watch =
    seen.kind === 'strong' ||
    seen.kind === 'content' ||
    seen.agrees === false ||
    seen.risk === 'medium' ||
    seen.recent > 0 ||
    seen.restricted > 0;
  return watch ? 'watch' : 'good';
}
