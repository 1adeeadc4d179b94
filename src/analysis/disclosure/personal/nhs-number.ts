import type { DisclosureRule } from '../../../model/disclosure.ts';
import { isMadeUp, isNhsNumber } from './check-digits.ts';
import { labelledRule, type Labelled } from './labelled.ts';
import { columnRule } from './column.ts';

const nhsNumber: Labelled = {
  id: 'nhs-number',
  title: 'NHS number',
  advice:
    'Treat it as a disclosure of health data: tell your information governance team, then remove it from the history. For tests use the range that begins with 999.',
  names: ['nhs', 'chi', 'hcn'],
  around: ['patient', 'person_id', 'health and care'],
  links: ['nhs', 'chi', 'h', 'c', 'health', 'care', 'and', 'service'],
  digits: 10,
  pattern: /(?<![\w.+-])(?<!\+\d\d )\d{3}(?:[ .-]|\xc2\xa0)?\d{3}(?:[ .-]|\xc2\xa0)?\d{4}(?![\w-]|\.\d)/g,
  judge: (found, relation) => {
    const digits = found.replaceAll(/\D/g, '');
    // 999 is kept for tests and never issued.
    if (digits.startsWith('999') || isMadeUp(digits) || !isNhsNumber(digits)) return undefined;
    const grouped = found.length > 10;
    const tier = relation === 'named' ? 'certain' : relation === 'close' || grouped ? 'likely' : 'possible';
    return { tier, reason: 'ten digits whose check digit is right', secret: digits };
  },
};

export const nhsNumberRules: readonly DisclosureRule[] = [labelledRule(nhsNumber), columnRule(nhsNumber)];
