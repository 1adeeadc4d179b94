import type { DisclosureRule, Find, Window } from '../../../model/disclosure.ts';
import { isMadeUp, machineReadableCheck } from './check-digits.ts';
import { columnRule } from './column.ts';
import { labelledRule, type Labelled } from './labelled.ts';

const ADVICE = 'Find out whose it is and tell your data protection officer, then remove it from the history.';

/** Nine digits on British passports, two letters and seven digits on newer ones and many others. */
const passport: Labelled = {
  id: 'passport-number',
  title: 'Passport number',
  advice: ADVICE,
  names: ['passport'],
  around: [],
  links: ['passport', 'uk', 'british', 'gbr', 'document'],
  digits: 7,
  pattern: /(?<![\w.+-])(?:\d{9}|[A-Z]{1,2}\d{7})(?![\w-]|\.\d)/g,
  judge: (found, relation) => {
    const plain = isMadeUp(found.replaceAll(/\D/g, ''));
    const tier = relation === 'named' && !plain ? 'likely' : 'possible';
    return { tier, reason: 'its form is that of a passport number', secret: found };
  },
};

/**
 * Sixteen characters of Great Britain's licences: five of the surname (filled up with 9), decade, month (women: + 50), day and
 * year of birth, two initials, three more.
 */
const drivingLicence: Labelled = {
  id: 'uk-driving-licence',
  title: 'UK driving licence number',
  advice: ADVICE,
  names: [
    'driving licence',
    'driving license',
    'drivinglicence',
    'drivinglicense',
    'driving_licence',
    'driving_license',
    'driving-licence',
    'driver number',
    'drivernumber',
    'driver_number',
    'dvla',
    'licence',
    'license number',
    'license_number',
    'licensenumber',
    'license no',
  ],
  around: ['driver', 'driving'],
  links: ['driving', 'driver', 'licence', 'license', 'uk'],
  digits: 6,
  pattern:
    /(?<![\w-])[A-Z](?:[A-Z]{4}|[A-Z]{3}9|[A-Z]{2}99|[A-Z]999|9999) ?\d(?:0[1-9]|1[0-2]|5[1-9]|6[0-2])(?:0[1-9]|[12]\d|3[01])\d ?[A-Z9]{2}[A-Z0-9] ?[A-Z]{2}(?![\w-])/gi,
  judge: (found, relation) => {
    const secret = found.replaceAll(' ', '').toUpperCase();
    if (relation !== 'named' && found !== found.toUpperCase()) return undefined;
    // The DVLA's own specimen.
    if (secret.startsWith('MORGA657054SM9') || secret.startsWith('MORGA753116SM9')) return undefined;
    return {
      tier: relation === 'near' ? 'possible' : 'likely',
      reason: 'its form is right, with a date of birth in it',
      secret,
    };
  },
};

/** Bytes from the start of the keyword's line on that are looked at. */
const SEEN = 256;

/** The second line of a passport's machine readable zone: number, country, birth and expiry, each with its check digit. */
const machineReadable: DisclosureRule = {
  id: 'passport-machine-readable',
  title: 'Machine readable line of a passport',
  kind: 'personal-data',
  keywords: ['p<', 'gbr'],
  gate: (bytes, start, end, from, to) => {
    // The line has 44 characters of one alphabet; a keyword in one has plenty of them around it.
    let count = 0;
    for (let i = end; i < to && isZone(bytes[i]!); i++) count++;
    for (let i = start - 1; i >= from && isZone(bytes[i]!); i--) count++;
    return count + end - start >= 44;
  },
  scope: 'text',
  reach: SEEN,
  find: findMachineReadable,
  advice: ADVICE,
};

function findMachineReadable({ text }: Window): readonly Find[] {
  const finds: Find[] = [];
  // Its own line and the one after: `P<GBR…` stands above the line that has the checks.
  const lines = text.slice(0, SEEN);
  for (const match of lines.matchAll(
    /(?<![A-Z0-9<])([A-Z0-9<]{9})(\d)[A-Z<]{3}(\d{6})(\d)[MFX<](\d{6})(\d)[A-Z0-9<]{14}[\d<](\d)(?![A-Z0-9<])/g,
  )) {
    const [line, number, numberCheck, birth, birthCheck, expiry, expiryCheck] = match as unknown as string[];
    if (machineReadableCheck(number!) !== Number(numberCheck)) continue;
    if (
      machineReadableCheck(birth!) !== Number(birthCheck) ||
      machineReadableCheck(expiry!) !== Number(expiryCheck)
    )
      continue;
    // ICAO's specimen.
    if (number === 'L898902C3' || number === 'L898902C<') continue;
    finds.push({
      start: match.index,
      end: match.index + line!.length,
      tier: 'certain',
      reasons: ['number, date of birth and expiry all have the right check digit'],
    });
  }
  return finds;
}

const isZone = (unit: number): boolean =>
  (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x30 && unit <= 0x39) || unit === 0x3c;

export const paperRules: readonly DisclosureRule[] = [
  labelledRule(passport),
  columnRule(passport),
  labelledRule(drivingLicence),
  columnRule(drivingLicence),
  machineReadable,
];
