import type { DisclosureRule } from '../../../model/disclosure.ts';
import { isMadeUp, isTaxpayerReference } from './check-digits.ts';
import { columnRule } from './column.ts';
import { labelledRule, type Labelled } from './labelled.ts';

const ADVICE =
  'Find out whose it is and tell your data protection officer, then remove it from the history. For tests use QQ123456C.';

/**
 * Two letters, six digits, a letter A to D. Some letters and pairs are never used.
 * https://www.gov.uk/hmrc-internal-manuals/national-insurance-manual/nim39110
 */
const nationalInsurance: Labelled = {
  id: 'national-insurance-number',
  title: 'National Insurance number',
  advice: ADVICE,
  names: [
    'nino',
    'national insurance',
    'nationalinsurance',
    'national_insurance',
    'national-insurance',
    'ni number',
    'ninumber',
    'ni_number',
    'ni-number',
    'ni no',
  ],
  around: [
    'insurance',
    'employee',
    'claimant',
    'citizen',
    'applicant',
    'taxpayer',
    'payroll',
    'hmrc',
    'birth',
    'surname',
    'forename',
    'last_name',
    'lastname',
  ],
  links: ['ni', 'nino', 'national', 'insurance'],
  digits: 6,
  pattern:
    /(?<![\w-])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?:[ -]?\d\d){3}(?:[ -]?[A-D])?(?![\w-])/gi,
  judge: (found, relation) => {
    const secret = found.replaceAll(/[ -]/g, '').toUpperCase();
    const whole = secret.length === 9;
    // Only a label can tell lower case, or one without its last letter, from any other code.
    if (relation !== 'named' && (!whole || found !== found.toUpperCase())) return undefined;
    const plain = isMadeUp(secret.slice(2, 8));
    const tier = whole && !plain && relation !== 'near' ? 'likely' : 'possible';
    const reason = plain
      ? 'its form is right, but its digits just count'
      : 'its form is right, and its letters are in use';
    return { tier, reason, secret };
  },
};

const taxpayerReference: Labelled = {
  id: 'unique-taxpayer-reference',
  title: 'Unique Taxpayer Reference',
  advice: 'Find out whose it is and tell your data protection officer, then remove it from the history.',
  names: [
    'utr',
    'sautr',
    'ctutr',
    'taxpayer reference',
    'taxpayerreference',
    'taxpayer_reference',
    'taxpayer-reference',
    'tax reference',
    'tax_reference',
    'taxreference',
  ],
  around: ['taxpayer', 'self assessment', 'self-assessment', 'selfassessment', 'hmrc', 'partnership'],
  links: ['sa', 'ct', 'utr', 'unique', 'tax', 'taxpayer'],
  digits: 10,
  pattern:
    /(?<![\w.+-])(?<!\+\d\d )(?:\d{10}|\d{5} \d{5}|\d{3} \d{3} \d{4}|\d{4} \d{3} \d{3})(?:K|k)?(?![\w-]|\.\d)/g,
  judge: (found, relation) => {
    const digits = found.replaceAll(/\D/g, '');
    if (isMadeUp(digits) || !isTaxpayerReference(digits)) return undefined;
    const tier = relation === 'named' ? 'certain' : relation === 'close' ? 'likely' : 'possible';
    return { tier, reason: 'ten digits whose check digit is right', secret: digits };
  },
};

export const taxRules: readonly DisclosureRule[] = [
  labelledRule(nationalInsurance),
  columnRule(nationalInsurance),
  labelledRule(taxpayerReference),
  columnRule(taxpayerReference),
];
