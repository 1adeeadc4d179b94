import type { DisclosureRule } from '../../model/disclosure.ts';
import { DISCLOSURE_KINDS } from '../../model/disclosure.ts';
import type { RulesLeftOut } from '../../model/disclosure-report.ts';

/** Rules as they are listed: by kind, then by provider, then by name. */
export function rulesInOrder(rules: readonly DisclosureRule[]): readonly DisclosureRule[] {
  const key = ({ kind, provider, id }: DisclosureRule): string =>
    `${DISCLOSURE_KINDS.indexOf(kind)}\n${(provider ?? '').toLowerCase()}\n${id}`;
  return rules
    .map((rule) => ({ rule, key: key(rule) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ rule }) => rule);
}

/** What is looked for, for programs. */
export function rulesJson(rules: readonly DisclosureRule[], leftOut: readonly RulesLeftOut[]): string {
  return `${JSON.stringify(
    {
      format: 'assay-secrets-rules',
      schema: 1,
      rules: rulesInOrder(rules).map(({ id, kind, title, provider, advice, revokePage }) => ({
        id,
        kind,
        title,
        ...(provider === undefined ? {} : { provider }),
        advice,
        ...(revokePage === undefined ? {} : { revokePage }),
      })),
      leftOut,
    },
    null,
    2,
  )}\n`;
}

/** What tiers mean, kind by kind. */
export const KIND_WORDS: Readonly<Record<DisclosureRule['kind'], readonly [title: string, says: string]>> = {
  credential: [
    'Credentials',
    'By their own form. Certain when a checksum is right or a key can be read; likely when the form is the provider’s alone; possible when the form is common and only its name speaks for it.',
  ],
  'generic-secret': [
    'Generic secrets',
    'Values that look drawn at random where a secret is assigned; likely or possible, never certain.',
  ],
  password: [
    'Passwords',
    'Values that a person may have chosen, assigned to a password; likely or possible.',
  ],
  'personal-data': [
    'Personal data',
    'By check digit and by what stands beside it; ranges that are reserved for tests are left out.',
  ],
  marking: ['Protective markings', 'By form and position: a heading, not a word in a sentence.'],
  'internal-address': [
    'Internal addresses',
    'Private ranges and hosts of internal domains; likely or possible.',
  ],
  'deny-list': ['Words of an organisation', 'From its own deny-list; always certain.'],
};
