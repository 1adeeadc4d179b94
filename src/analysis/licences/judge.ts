import type { LicenceExpression } from './expression.ts';
import { parseLicence, printLicence } from './expression.ts';
import { spdxLicences } from './list.ts';
import { exceptionNamed, licenceNamed } from './names.ts';

export type LicenceAnswer = 'allowed' | 'denied' | 'unknown';

/**
 * Entries are SPDX identifiers, `X WITH Y`, a `LicenseRef-`, words as a component declares them, or a prefix that ends in `*` (`CC-BY-NC-*`).
 * A GNU licence without `-only` or `-or-later` means both. An exception only adds permissions: `GPL-2.0-only` covers `GPL-2.0-only WITH …`,
 * unless the combination is named itself. `allow` present: what is not in it is denied. Both present: `deny` wins.
 */
export interface LicenceRules {
  readonly allow?: readonly string[];
  readonly deny?: readonly string[];
}

export interface LicenceJudgement {
  readonly answer: LicenceAnswer;
  /** The expression in canonical form, where it could be read. */
  readonly expression?: string;
  /** One line for each licence that led to the answer. */
  readonly reasons: readonly string[];
}

/**
 * Whether what a component declares may be used. Of alternatives (OR) one that is allowed is enough; of a conjunction (AND) every part must be.
 * Three-valued (Kleene): a licence that we cannot place is unknown, and it stays so unless the rest decides without it.
 */
export function judgeLicence(declared: string, rules: LicenceRules): LicenceJudgement {
  const { expression, fault } = parseLicence(declared);
  if (expression === undefined)
    return { answer: 'unknown', reasons: [`"${clip(declared)}" cannot be read: ${fault}`] };
  return {
    expression: printLicence(expression),
    ...evaluateLicence(expression, (leaf) => judgeLeaf(leaf, rules)),
  };
}

type Leaf = LicenceExpression & { kind: 'licence' };
type Judged = { readonly answer: LicenceAnswer; readonly reasons: readonly string[] };

const RANK: Readonly<Record<LicenceAnswer, number>> = { denied: 0, unknown: 1, allowed: 2 };

/** Folds a judgement of single licences over an expression: AND is the worst of its parts, OR the best. Reasons are those of the deciding parts. */
export function evaluateLicence(expression: LicenceExpression, judge: (leaf: Leaf) => Judged): Judged {
  if (expression.kind === 'licence') return judge(expression);
  const parts = expression.parts.map((part) => evaluateLicence(part, judge));
  const ranks = parts.map(({ answer }) => RANK[answer]);
  let decisive = ranks[0]!;
  for (const rank of ranks)
    decisive = expression.kind === 'and' ? Math.min(decisive, rank) : Math.max(decisive, rank);
  const deciding = parts.filter(({ answer }) => RANK[answer] === decisive);
  return { answer: deciding[0]!.answer, reasons: [...new Set(deciding.flatMap(({ reasons }) => reasons))] };
}

function judgeLeaf(leaf: Leaf, rules: LicenceRules): Judged {
  const name = printLicence(leaf);
  const say = (answer: LicenceAnswer, why: string): Judged => ({ answer, reasons: [`${clip(name)} ${why}`] });
  const deny = strength(leaf, rules.deny ?? []);
  const allow = strength(leaf, rules.allow ?? []);
  // The entry that names the combination with its exception is more exact than one that names the licence.
  if (deny > 0 && deny >= allow) return say('denied', 'is denied');
  if (allow > 0) return say('allowed', 'is allowed');
  const later = laterVersions(leaf).find((version) => strength(version, rules.allow ?? []) > 0);
  if (later !== undefined) return say('allowed', `may be used as ${later.id}, which is allowed`);
  if (!leaf.listed) return say('unknown', 'is not a licence that SPDX lists');
  if (rules.allow !== undefined) return say('denied', 'is not among the allowed');
  return say('allowed', 'is not denied');
}

/** 0: no entry names it; 1: an entry names the licence; 2: an entry names it with its exception. */
function strength(leaf: Leaf, entries: readonly string[]): number {
  let best = 0;
  for (const entry of entries) best = Math.max(best, matches(leaf, entry.trim()));
  return best;
}

function matches(leaf: Leaf, entry: string): number {
  if (entry.endsWith('*')) return leaf.id.toLowerCase().startsWith(entry.slice(0, -1).toLowerCase()) ? 1 : 0;
  if (!leaf.listed) return printLicence(leaf).toLowerCase() === entry.toLowerCase() ? 2 : 0;
  const [licence = '', exception] = entry.split(/\s+with\s+/i);
  const named = licenceNamed(licence);
  if (named === undefined) return 0;
  const wanted = exception === undefined ? named.exception : (exceptionNamed(exception) ?? exception);
  if (wanted !== undefined && wanted !== leaf.exception) return 0;
  const bare = named.id.endsWith('-only') && !/-only$/i.test(licence) ? named.id.slice(0, -5) : undefined;
  const same =
    leaf.id === named.id ||
    (bare !== undefined && (leaf.id === `${bare}-only` || leaf.id === `${bare}-or-later`));
  if (!same) return 0;
  return wanted === undefined ? 1 : 2;
}

/** The later versions that `GPL-2.0-or-later` or `Apache-1.1+` may be used under, as the list has them. */
function laterVersions(leaf: Leaf): Leaf[] {
  if (!leaf.listed || !(leaf.orLater || leaf.id.endsWith('-or-later'))) return [];
  const own = VERSIONED.exec(leaf.id.replace(/-or-later$/, '-only'));
  if (own === null) return [];
  return spdxLicences()
    .filter((id) => {
      const other = VERSIONED.exec(id);
      return (
        other !== null &&
        other[1] === own[1] &&
        (other[3] ?? '') === (own[3] ?? '') &&
        Number(other[2]) > Number(own[2])
      );
    })
    .map((id) => ({ ...leaf, id, orLater: false }));
}

const VERSIONED = /^([A-Za-z-]+)-(\d+(?:\.\d+)?)(-only)?$/;

const clip = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);
