/** White space and line ends, ASCII and the no-break and byte-order marks. */
export const isSpace = (code: number): boolean =>
  code === 32 ||
  (code >= 9 && code <= 13) ||
  code === 0xa0 ||
  code === 0xfeff ||
  code === 0x2028 ||
  code === 0x2029;

/** What may begin a name; letters beyond ASCII are all taken as such. */
export const isIdentifierStart = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  code === 95 ||
  code === 36 ||
  (code > 0x7f && !isSpace(code));

/** What may go on in a name. */
export const isIdentifierPart = (code: number): boolean =>
  isIdentifierStart(code) || (code >= 48 && code <= 57);
