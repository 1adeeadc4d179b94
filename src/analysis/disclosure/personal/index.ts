import type { DisclosureRule } from '../../../model/disclosure.ts';
import { bankRules } from './bank.ts';
import { contactRules } from './contact.ts';
import { emailRules } from './email.ts';
import { nhsNumberRules } from './nhs-number.ts';
import { paperRules } from './papers.ts';
import { taxRules } from './tax.ts';

/** Data about people: by check digit and surroundings where there is one, else by form and label. Reserved values are none. */
export const personalRules: readonly DisclosureRule[] = [
  ...nhsNumberRules,
  ...taxRules,
  ...bankRules,
  ...paperRules,
  ...contactRules,
  ...emailRules,
];
