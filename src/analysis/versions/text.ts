/** Whether a UTF-16 code unit is an ASCII digit. `NaN` (past the end) is none. */
export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Whether a UTF-16 code unit is an ASCII letter. */
export function isLetter(code: number): boolean {
  const lower = code | 32;
  return lower >= 97 && lower <= 122;
}

/** Where the run of digits that begins at `start` ends; `start` itself when there is none. */
export function endOfDigits(text: string, start: number): number {
  let i = start;
  while (i < text.length && isDigit(text.charCodeAt(i))) i++;
  return i;
}

/** Where the run of ASCII letters that begins at `start` ends. */
export function endOfLetters(text: string, start: number): number {
  let i = start;
  while (i < text.length && isLetter(text.charCodeAt(i))) i++;
  return i;
}

/** Whether the whole of a non-empty text is ASCII digits. */
export function isNumeric(text: string): boolean {
  return text !== '' && endOfDigits(text, 0) === text.length;
}

/**
 * Compares two runs of digits as numbers of any size, without making strings or numbers of them.
 * An empty run counts as zero.
 */
export function compareDigits(
  a: string,
  aStart: number,
  aEnd: number,
  b: string,
  bStart: number,
  bEnd: number,
): number {
  let i = aStart;
  let j = bStart;
  while (i < aEnd && a.charCodeAt(i) === 48) i++;
  while (j < bEnd && b.charCodeAt(j) === 48) j++;
  const length = aEnd - i;
  if (length !== bEnd - j) return length - (bEnd - j);
  for (let k = 0; k < length; k++) {
    const difference = a.charCodeAt(i + k) - b.charCodeAt(j + k);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Compares two strings of digits as numbers of any size. */
export function compareNumbers(a: string, b: string): number {
  return compareDigits(a, 0, a.length, b, 0, b.length);
}

/** Compares by UTF-16 code units: the same on every machine, unlike a locale's order. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Without the zeros at the end. A loop: `/0+$/` takes quadratic time on zeros with something behind them. */
export function trimZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits.charCodeAt(end - 1) === 48) end--;
  return digits.slice(0, end);
}

/** The number one above a string of digits of any size: `9` → `10`. Leading zeros are dropped. */
export function increment(digits: string): string {
  const number = digits.replace(/^0+(?=\d)/, '');
  if (number.length < 15) return String(Number(number) + 1);
  let nines = number.length;
  while (nines > 0 && number.charCodeAt(nines - 1) === 57) nines--;
  const zeros = '0'.repeat(number.length - nines);
  if (nines === 0) return `1${zeros}`;
  return number.slice(0, nines - 1) + String(Number(number[nines - 1]) + 1) + zeros;
}
