import { expect, test } from 'vitest';
import { seededRandom } from '../../text/testing/random.ts';
import { findAll } from '../generic/testing/find-all.ts';
import { isLuhn, isMod97, isNhsNumber, isTaxpayerReference, machineReadableCheck } from './check-digits.ts';
import { personalRules } from './index.ts';

const latin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
const said = (text: string): string[] =>
  findAll(personalRules, latin1(text)).map(({ rule, find, text: found }) => `${rule} ${find.tier} ${found}`);

test('check digits are those of published numbers', () => {
  expect([isNhsNumber('9434765919'), isNhsNumber('9434765918'), isNhsNumber('943476591')]).toEqual([
    true,
    false,
    false,
  ]);
  expect([isTaxpayerReference('1955839661'), isTaxpayerReference('2955839661')]).toEqual([true, false]);
  expect([isLuhn('4539578763621486'), isLuhn('4539578763621487'), isLuhn('')]).toEqual([true, false, false]);
  expect([isMod97('GB82WEST12345698765432'), isMod97('GB82WEST12345698765431')]).toEqual([true, false]);
  // The specimen of ICAO 9303 part 4.
  expect(['L898902C3', '740812', '120415'].map(machineReadableCheck)).toEqual([6, 2, 9]);
});

test('an NHS number is certain when it is called one, likely near the word, nothing with a wrong check digit', () => {
  expect(said('patient.nhsNumber = "943 476 5919";')).toEqual(['nhs-number certain 943 476 5919']);
  expect(said('NHS_NO=9434765919')).toEqual(['nhs-number certain 9434765919']);
  expect(said('NHS: 943\u00a0476\u00a05919')).toEqual([latin1('nhs-number certain 943\u00a0476\u00a05919')]);
  expect(said('seen patient (Mrs Smith), 943-476-5919')).toEqual(['nhs-number likely 943-476-5919']);
  expect(said('nhsNumber: 9434765918, nhs: 19434765919, nhs 9434765919.5')).toEqual([]);
  expect(said('"nhsNumber": "9990001112", nhs: 9999999999, nhs: 1111111111')).toEqual([]);
  expect(said('enhspatients 9434765919')).toEqual([]);
});

test('a column of a table is named by its heading', () => {
  const table =
    'id,"NHS number",name\r\n1,9434765919,"Smith, A"\r\n2,"943 476 5870",B\r\n3,1234567890,C\r\n\r\nx\n';
  expect(said(table)).toEqual(['nhs-number certain 9434765919', 'nhs-number certain 943 476 5870']);
  expect(said('| Name | NINO |\n|---|---|\n| A | AB 12 34 65 C |\n')).toEqual([
    'national-insurance-number likely AB 12 34 65 C',
  ]);
});

test('National Insurance numbers: prefixes that are never used, the reserved one, counting ones', () => {
  expect(said('NINO: JG103759A')).toEqual(['national-insurance-number likely JG103759A']);
  expect(said("nationalInsuranceNumber: 'jg 10 37 59 a'")).toEqual([
    'national-insurance-number likely jg 10 37 59 a',
  ]);
  expect(said('claimant JG103759A was told')).toEqual(['national-insurance-number likely JG103759A']);
  expect(said('nino QQ123456C, nino BG103759A, nino JG103759E, nino DA103759A')).toEqual([]);
  expect(said('nino AB123456C')).toEqual(['national-insurance-number possible AB123456C']);
});

test('accounts and cards: examples and test numbers are nobody’s', () => {
  expect(said('iban: GB94BARC10201530093459')).toEqual(['iban certain GB94BARC10201530093459']);
  expect(said('pay to GB94 BARC 1020 1530 0934 59 and say')).toEqual([
    'iban likely GB94 BARC 1020 1530 0934 59',
  ]);
  expect(said('iban GB82 WEST 1234 5698 7654 32, iban GB95BARC10201530093459')).toEqual([]);
  expect(said('card number 4539 1488 0343 6467')).toEqual(['payment-card likely 4539 1488 0343 6467']);
  expect(said('card 4111111111111111 or 4242 4242 4242 4242, card 4539148803436468')).toEqual([]);
  expect(said('a span of 4539148803436467')).toEqual([]);
  expect(said('sort code 20-45-77, account 73918265')).toEqual([
    'uk-bank-account likely 20-45-77, account 73918265',
  ]);
});

test('papers', () => {
  expect(said('Passport no. 925665416')).toEqual(['passport-number likely 925665416']);
  expect(said('driving licence: JONES710238HA3DR')).toEqual(['uk-driving-licence likely JONES710238HA3DR']);
  expect(said('driving licence MORGA657054SM9IJ')).toEqual([]);
  const second = (number: string): string => {
    const body = `${number}${machineReadableCheck(number)}GBR8501019F300101${machineReadableCheck('300101')}`;
    return `${body}${'<'.repeat(14)}04`;
  };
  expect(said(`P<GBRSMITH<<ANNA${'<'.repeat(28)}\n${second('925665416')}\n`)).toEqual([
    `passport-machine-readable certain ${second('925665416')}`,
  ]);
});

test('contacts: reserved numbers, hosts and mailboxes of roles are none', () => {
  expect(said('mobile: 07911 604982')).toEqual(['phone-number likely 07911 604982']);
  expect(said('or 07911604982, +44 (0)20 8123 4567')).toEqual([
    'phone-number possible 07911604982',
    'phone-number possible +44 (0)20 8123 4567',
  ]);
  expect(said('tel 07700 900123, +44 7700 900 456, phone 020 7946 0123, tel 0300 330 1000')).toEqual([]);
  expect(said('postcode: LS6 2QT, postcode NW1 6XE')).toEqual(['uk-postcode possible LS6 2QT']);
  expect(said('ask Ann.Other@Corp-Mail.co.uk. Or <a href="mailto:bob@firma.de">')).toEqual([
    'email-address possible Ann.Other@Corp-Mail.co.uk',
    'email-address possible bob@firma.de',
  ]);
  expect(said('a@example.com support@corp.uk git@github.com https://me@host.com/ email logo@2x.png')).toEqual(
    [],
  );
  expect(said('Signed-off-by: Ann Other <ann.other@corp.uk>')).toEqual([]);
});

test('ten thousand valid ones of each checked kind are all found in context', () => {
  const next = seededRandom(5);
  const digits = (count: number): string => Array.from({ length: count }, () => next(10)).join('');
  /** Fills the gap `?` (or `??`) with the check digits that are right; another body when there are none. */
  const checked = (body: () => string, valid: (made: string) => boolean): string => {
    for (;;) {
      const text = body();
      const width = text.lastIndexOf('?') - text.indexOf('?') + 1;
      for (let check = 0; check < 10 ** width; check++) {
        const made = text.replace(/\?+/, String(check).padStart(width, '0'));
        if (valid(made)) return made;
      }
    }
  };
  const letters = (set: string, count: number): string =>
    Array.from({ length: count }, () => set[next(set.length)]).join('');
  const made: readonly (readonly [rule: string, labels: readonly string[], make: () => string])[] = [
    [
      'nhs-number',
      ['nhsNumber: ', 'NHS number ', '<nhs>', 'patient '],
      () => checked(() => `${next(9)}${digits(8)}?`, isNhsNumber),
    ],
    [
      'unique-taxpayer-reference',
      ['UTR: ', 'utr=', '"sa_utr": "'],
      () => checked(() => `?${digits(9)}`, isTaxpayerReference),
    ],
    [
      'national-insurance-number',
      ['NINO ', 'national insurance number: ', 'ni_number = '],
      () => `${letters('ACEHJLMPRSWXY', 1)}${letters('ACEHJLMPRSWXY', 1)}${digits(6)}${letters('ABCD', 1)}`,
    ],
    ['payment-card', ['card ', 'cardNumber: "', 'PAN='], () => checked(() => `4${digits(14)}?`, isLuhn)],
    [
      'iban',
      ['iban ', 'IBAN: ', 'account '],
      () => checked(() => `GB??${letters('ABCDEFGHIJKLMNOPQRSTUVWXYZ', 4)}${digits(14)}`, isMod97),
    ],
  ];
  for (const [rule, labels, make] of made) {
    const wanted = Array.from({ length: 10_000 }, make);
    const text = wanted.map((value, i) => `${labels[i % labels.length]}${value}`).join('\n');
    const found = findAll(
      personalRules.filter(({ id }) => id === rule),
      text,
    );
    expect(found.map(({ text: value }) => value)).toEqual(wanted);
  }
});
