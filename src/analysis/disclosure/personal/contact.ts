import type { DisclosureRule, Find, Gate, Window } from '../../../model/disclosure.ts';
import { alphabetOf, DIGITS } from '../rules/form/alphabets.ts';
import { allBut, beside, type Sieves } from '../rules/form/sieves.ts';
import { isMadeUp } from './check-digits.ts';
import { columnRule } from './column.ts';
import { labelledRule, type Labelled } from './labelled.ts';

const ADVICE =
  'Decide whether the person agreed to be named in public; otherwise remove it from the history.';

/** Postcodes of documentation and of buildings that everybody knows. */
const KNOWN_POSTCODES = new Set(
  'NW16XE AA11AA A11AA AA1A1AA SW1A1AA SW1A2AA SW1A2AB EC1A1BB W1A0AX W1A1AA M11AE B338TH CR26XH DN551PT AA99AA A99AA A9A9AA AA9A9AA AB11AB AB12CD'.split(
    ' ',
  ),
);

const postcode: Labelled = {
  id: 'uk-postcode',
  title: 'UK postcode',
  advice: ADVICE,
  names: ['postcode', 'post code', 'post_code', 'post-code', 'postalcode', 'postal_code', 'postal code'],
  around: ['address', 'street', 'flat', 'county'],
  links: ['postcode', 'postal', 'home', 'address'],
  digits: 2,
  pattern:
    /(?<![\w./#-])[A-PR-UWYZ](?:\d[\dA-HJKPSTUW]?|[A-HK-Y]\d[\dABEHMNPRVWXY]?) ?\d[ABD-HJLNP-UW-Z]{2}(?![\w-]|\.\w)/gi,
  judge: (found, relation) => {
    const secret = found.replaceAll(' ', '').toUpperCase();
    if (KNOWN_POSTCODES.has(secret)) return undefined;
    // Without its label, only the form with capitals and a space is sure to be meant as one.
    if (relation !== 'named' && (found !== found.toUpperCase() || !found.includes(' '))) return undefined;
    return { tier: 'possible', reason: 'its form is that of a postcode', secret };
  },
};

/** Numbers that Ofcom keeps for drama, without their leading zero. https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama */
const DRAMA =
  /^(?:7700900\d{3}|1(?:1[3-8]|21|31|41|51|61)4960\d{3}|1914980\d{3}|2079460\d{3}|2896496\d{3}|2920180\d{3}|1632960\d{3}|8081570\d{3}|909879\d{4}|3069990\d{3})$/;

const UK_PHONE =
  /(?<![\w.+/-])(?:(?:\+|00)44[ .-]?(?:\(0\)[ .-]?|\(?0?)|\(?0)[1-37](?:[ .)(-]{0,2}\d){8,9}(?![\w-]|\.\d|[ ]\d)/g;

function judgePhone(found: string, labelled: boolean): ReturnType<Labelled['judge']> {
  const digits = found.replaceAll(/\D/g, '').replace(/^(?:0044|44)0?|^0/, '');
  // 03 is an organisation's; nine digits are left only of a few old area codes.
  if (digits.startsWith('3') || DRAMA.test(digits) || digits.length < 9) return undefined;
  if (digits.length === 9 && !digits.startsWith('1')) return undefined;
  const plain = isMadeUp(digits.slice(-6)) || new Set(digits).size <= 3;
  const mobile = digits.startsWith('7');
  return {
    tier: mobile && labelled && !plain ? 'likely' : 'possible',
    reason: mobile ? 'its form is that of a UK mobile number' : 'its form is that of a UK telephone number',
    secret: `+44${digits}`,
  };
}

const phone: Labelled = {
  id: 'phone-number',
  title: 'Telephone number',
  advice: ADVICE,
  names: [
    'phone',
    'telephone',
    'mobile',
    'tel',
    'mob',
    'cell',
    'cellphone',
    'phonenumber',
    'contact number',
    'contactnumber',
    'contact_number',
    'whatsapp',
    'sms',
    'msisdn',
  ],
  around: ['call', 'contact'],
  links: ['phone', 'telephone', 'mobile', 'home', 'work', 'contact', 'uk', 'href', 'tel'],
  digits: 10,
  pattern: new RegExp(
    `${UK_PHONE.source}|(?<![\\w.+/-])\\+(?!44)[1-9]\\d{0,2}(?:[ .()-]{0,2}\\d){7,12}(?![\\w-]|\\.\\d)`,
    'g',
  ),
  judge: (found, relation) => {
    if (/^\(?0|^\+44/.test(found)) return judgePhone(found, relation === 'named');
    // North America's 555-01xx is kept for fiction; elsewhere the label says what it is.
    const digits = found.replaceAll(/\D/g, '');
    if (
      digits.length < 9 ||
      digits.length > 15 ||
      /^1\d{3}55501\d\d$/.test(digits) ||
      digits.startsWith('1555')
    )
      return undefined;
    if (isMadeUp(digits.slice(-7)) || new Set(digits).size <= 3) return undefined;
    return {
      tier: 'possible',
      reason: 'its form is that of an international telephone number',
      secret: `+${digits}`,
    };
  },
};

const labelledPhone = labelledRule(phone);

/** As `opensNumber` has it. */
const NUMBER: Sieves = [
  [
    beside('before', allBut(alphabetOf('0-9A-Za-z_+./-'))),
    { side: 'after', run: alphabetOf('0-9 ()-'), counted: DIGITS, least: 9, most: 16 },
  ],
];

/** Beside the labelled ones, numbers that say what they are: `+44 …`, `07…`. */
const phoneRule: DisclosureRule = {
  ...labelledPhone,
  keywords: [...labelledPhone.keywords, '+44', '07'],
  sieve: (keyword) => (/\d$/.test(keyword) ? NUMBER : labelledPhone.sieve!(keyword)),
  gate: (bytes, start, end, from, to) =>
    isWordByte(bytes[end - 1]!) && bytes[end - 1]! > 0x39
      ? labelledPhone.gate!(bytes, start, end, from, to)
      : opensNumber(bytes, start, end, from, to),
  find: (window) => (/\d$/.test(window.keyword) ? findAt(window) : labelledPhone.find(window)),
};

/** No number goes on before it, and nine digits or more follow. */
const opensNumber: Gate = (bytes, start, end, from, to) => {
  const before = start > from ? bytes[start - 1]! : 0;
  // Nor `.`, `+`, `-`, `/`.
  if (isWordByte(before) || (before >= 0x2b && before <= 0x2f && before !== 0x2c)) return false;
  let digits = 0;
  for (let i = end; i < to && i < end + 16; i++) {
    const unit = bytes[i]!;
    if (unit >= 0x30 && unit <= 0x39) digits++;
    else if (unit !== 0x20 && unit !== 0x2d && unit !== 0x28 && unit !== 0x29) break;
  }
  return digits >= 9;
};

function findAt({ text, start }: Window): readonly Find[] {
  const at = text[start - 1] === '(' ? start - 1 : start;
  const pattern = new RegExp(UK_PHONE.source, 'y');
  pattern.lastIndex = at;
  const found = pattern.exec(text)?.[0];
  const judged = found === undefined ? undefined : judgePhone(found, false);
  if (found === undefined || judged === undefined) return [];
  const { tier, reason, secret } = judged;
  return [{ start: at, end: at + found.length, tier, reasons: [reason], secret }];
}

const isWordByte = (unit: number): boolean =>
  (unit >= 0x30 && unit <= 0x39) || ((unit | 32) >= 0x61 && (unit | 32) <= 0x7a) || unit === 0x5f;

export const contactRules: readonly DisclosureRule[] = [
  labelledRule(postcode),
  columnRule(postcode),
  phoneRule,
  columnRule(phone),
];
