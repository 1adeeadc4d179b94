/* Check digits of numbers that identify people and their accounts. All take plain digits, without spaces. */

/**
 * NHS number of England, Wales and the Isle of Man, and of the same form the Scottish CHI and the Health and Care number of
 * Northern Ireland: ten digits, the last by modulus 11.
 * https://www.datadictionary.nhs.uk/attributes/nhs_number.html
 */
export function isNhsNumber(digits: string): boolean {
  if (digits.length !== 10) return false;
  let sum = 0;
  for (let i = 0; i < 9; i++) sum += digit(digits, i) * (10 - i);
  const check = 11 - (sum % 11);
  return check !== 10 && check % 11 === digit(digits, 9);
}

const UTR_WEIGHTS = [6, 7, 8, 9, 10, 5, 4, 3, 2] as const;
const UTR_CHECKS = '21987654321';

/** Unique Taxpayer Reference of HMRC: ten digits, the first of which checks the others. */
export function isTaxpayerReference(digits: string): boolean {
  if (digits.length !== 10) return false;
  let sum = 0;
  for (let i = 0; i < 9; i++) sum += digit(digits, i + 1) * UTR_WEIGHTS[i]!;
  return UTR_CHECKS[sum % 11] === digits[0];
}

/** ISO/IEC 7812-1 annex B: payment cards and much else. */
export function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = digits.length - 1, twice = false; i >= 0; i--, twice = !twice) {
    const value = digit(digits, i) * (twice ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return digits.length > 0 && sum % 10 === 0;
}

/** ISO 13616: the IBAN (upper case, no spaces) with its first four moved to the end is 1 modulo 97. */
export function isMod97(iban: string): boolean {
  let rest = 0;
  for (let i = 0; i < iban.length; i++) {
    const unit = iban.charCodeAt((i + 4) % iban.length);
    const value = unit >= 65 ? unit - 55 : unit - 48;
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return iban.length > 4 && rest === 1;
}

/** ICAO 9303 part 3, 4.9: weights 7 3 1, letters from 10, the filler `<` as 0. */
export function machineReadableCheck(text: string): number {
  let sum = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    const value = unit === 0x3c ? 0 : unit >= 65 ? unit - 55 : unit - 48;
    sum += value * [7, 3, 1][i % 3]!;
  }
  return sum % 10;
}

/** All one digit, or counting up or down all the way: nobody's number, though its check digit may be right. */
export function isMadeUp(digits: string): boolean {
  const steps = new Set<number>();
  for (let i = 1; i < digits.length; i++) steps.add((digit(digits, i) - digit(digits, i - 1) + 10) % 10);
  return steps.size === 1 && (steps.has(0) || steps.has(1) || steps.has(9));
}

const digit = (digits: string, i: number): number => digits.charCodeAt(i) - 48;
