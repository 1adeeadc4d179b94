import type { DisclosureRule } from '../../../model/disclosure.ts';
import { isLuhn, isMadeUp, isMod97 } from './check-digits.ts';
import { columnRule } from './column.ts';
import { isWord, labelledRule, type Labelled } from './labelled.ts';

/** Characters of an IBAN by country, from the registry of ISO 13616 (release 99 and before). */
const IBAN_LENGTHS: ReadonlyMap<string, number> = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 ' +
    'FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 ' +
    'LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 ' +
    'RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** Published as examples: by the registry of ISO 13616, by banks' guides and Wikipedia. */
const IBAN_EXAMPLES = new Set([
  'GB29NWBK60161331926819',
  'GB82WEST12345698765432',
  'GB33BUKB20201555555555',
  'DE89370400440532013000',
  'FR1420041010050500013M02606',
  'NL91ABNA0417164300',
  'CH9300762011623852957',
  'BE68539007547034',
  'ES9121000418450200051332',
  'IT60X0542811101000000123456',
  'IE29AIBK93115212345678',
  'AT611904300234573201',
  'PL61109010140000071219812874',
]);

const iban: Labelled = {
  id: 'iban',
  title: 'Bank account (IBAN)',
  advice: 'Tell the holder of the account and your data protection officer, then remove it from the history.',
  names: ['iban'],
  around: ['account', 'bank', 'bic', 'sepa', 'payee', 'beneficiary', 'creditor', 'debtor', 'gb'],
  links: ['account', 'bank'],
  digits: 11,
  pattern: /(?<![\w+/-])[A-Z]{2}\d\d(?:[ -]?[A-Z0-9]){11,30}(?![\w+/])/gi,
  judge: (found, relation) => {
    // The greedy match may take words that follow in: the country says where it ends.
    const plain = found.replaceAll(/[ -]/g, '').toUpperCase();
    const secret = plain.slice(0, IBAN_LENGTHS.get(plain.slice(0, 2)) ?? 0);
    if (secret.length < 15 || secret.length > plain.length || !isMod97(secret)) return undefined;
    const length = lengthOf(found, secret.length);
    if (length < found.length && !/[ -]/.test(found.charAt(length))) return undefined;
    if (relation !== 'named' && found.slice(0, 2) !== found.slice(0, 2).toUpperCase()) return undefined;
    if (IBAN_EXAMPLES.has(secret)) return undefined;
    const reason = 'country, length and check digits are right';
    return { tier: relation === 'named' ? 'certain' : 'likely', reason, secret, length };
  },
};

/** How much of `found` holds its first `count` letters and digits. */
function lengthOf(found: string, count: number): number {
  let at = 0;
  for (let seen = 0; at < found.length && seen < count; at++) if (!/[ -]/.test(found.charAt(at))) seen++;
  return at;
}

/** Numbers that payment providers publish for tests; none is anybody's. */
const TEST_CARDS = new Set(
  (
    '4111111111111111 4242424242424242 4012888888881881 4000056655665556 4000000000000002 4000000000000069 4000000000000077 ' +
    '4000000000000101 4000000000000119 4000000000000127 4000000000003220 4000000000009995 4000002500003155 4000002760003184 ' +
    '4000008260000000 4000008260003178 4444333322221111 4917610000000000 4917300800000000 4462030000000000 4484070000000000 ' +
    '4484600000000004 4911830000000 4222222222222 4532015112830366 4539578763621486 4916338506082832 4929000000006 ' +
    '5555555555554444 5200828282828210 5105105105105100 5454545454545454 5555555555555557 5500000000000004 5424000000000015 ' +
    '2223003122003222 2222400070000005 2223000048400011 2221000000000009 6011111111111117 6011000990139424 6011000000000004 ' +
    '6011981111111113 6011000000000012 6759649826438453 6331101999990016 6304000000000000 6200000000000005 6240008631401148 ' +
    '6205500000000000004 378282246310005 371449635398431 378734493671000 343434343434343 370000000000002 340000000000009 ' +
    '30569309025904 38520000023237 36227206271667 3056930009020004 36700102000000 36148900647913 3530111333300000 ' +
    '3566002020360505 3566111111111113 3569990010095841 3528000700000000 5610591081018250 5019717010103742 5038146897157992'
  ).split(' '),
);

/** Digits that open the numbers of an issuer, and how many digits those have. ISO/IEC 7812 ranges as the schemes publish them. */
const ISSUERS: readonly (readonly [name: string, opening: RegExp, lengths: readonly number[]])[] = [
  ['Visa', /^4/, [13, 16, 19]],
  ['Mastercard', /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  ['American Express', /^3[47]/, [15]],
  ['Diners Club', /^3(?:0[0-5]|095|[689])/, [14, 16, 19]],
  ['Discover', /^6(?:011|4[4-9]|5)/, [16, 19]],
  ['JCB', /^35(?:2[89]|[3-8])/, [16, 17, 18, 19]],
  ['UnionPay', /^62/, [16, 17, 18, 19]],
  ['Maestro', /^(?:5018|5020|5038|5893|6304|6759|676[1-3])/, [12, 13, 14, 15, 16, 17, 18, 19]],
];

const paymentCard: Labelled = {
  id: 'payment-card',
  title: 'Payment card number',
  advice:
    'Tell the issuer, so that the card is blocked, and your data protection officer; then remove it from the history.',
  names: [
    'card',
    'visa',
    'mastercard',
    'amex',
    'maestro',
    'cardnumber',
    'pan',
    'creditcard',
    'debitcard',
    'ccnum',
    'cc_num',
    'cc-num',
    'cc number',
  ],
  around: [
    'payment',
    'american express',
    'cvv',
    'cvc',
    'expiry',
    'cardholder',
    'unionpay',
    'jcb',
    'diners',
    'discover',
  ],
  links: ['card', 'credit', 'debit', 'pan', 'visa', 'mastercard', 'amex', 'payment', 'primary', 'account'],
  digits: 12,
  pattern:
    /(?<![\w.+/-])\d{4}(?:[ -]\d{4}(?:[ -]\d{4}){2}(?:[ -]\d{1,3})?|[ -]\d{6}[ -]\d{4,5}|\d{8,15})(?![\w/-]|\.\d)/g,
  judge: (found, relation) => {
    const digits = found.replaceAll(/\D/g, '');
    const issuer = ISSUERS.find(
      ([, opening, lengths]) => lengths.includes(digits.length) && opening.test(digits),
    );
    if (issuer === undefined || !isLuhn(digits) || TEST_CARDS.has(digits)) return undefined;
    // Few different digits: made up by somebody who knew of the check digit.
    const plain = new Set(digits).size <= 3 || isMadeUp(digits.slice(0, -1));
    // One digit checks the others: numbers that are made up for tests have it right too.
    const tier = !plain && (relation !== 'near' || found.length > digits.length) ? 'likely' : 'possible';
    return { tier, reason: `a number of ${issuer[0]} whose check digit is right`, secret: digits };
  },
};

const sortCode: Labelled = {
  id: 'uk-bank-account',
  title: 'UK sort code and account number',
  advice: 'Tell the holder of the account and your data protection officer, then remove it from the history.',
  names: ['sort code', 'sortcode', 'sort_code', 'sort-code'],
  around: [],
  digits: 14,
  pattern: /(?<![\w-])\d\d([ -]?)\d\d\1\d\d(?![\w-])[^\d\n]{1,40}\d{8}(?![\w-])/g,
  judge: (found) => {
    const digits = found.replaceAll(/\D/g, '');
    const [code, account] = [digits.slice(0, 6), digits.slice(6)];
    if (isMadeUp(code) || isMadeUp(account)) return undefined;
    return {
      tier: 'likely',
      reason: 'six digits and eight, as banks write them',
      secret: `${code} ${account}`,
    };
  },
};

const labelledIban = labelledRule(iban);

const ibanRule: DisclosureRule = {
  ...labelledIban,
  // `GB` is no label but how a British one begins: with two digits.
  gate: (bytes, start, end, from, to) =>
    end - start > 2
      ? labelledIban.gate!(bytes, start, end, from, to)
      : end + 2 < to &&
        isDigit(bytes[end]!) &&
        isDigit(bytes[end + 1]!) &&
        isWord(bytes, start, end, from, to),
};

const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;

export const bankRules: readonly DisclosureRule[] = [
  ibanRule,
  columnRule(iban),
  labelledRule(paymentCard),
  columnRule(paymentCard),
  labelledRule(sortCode),
];
