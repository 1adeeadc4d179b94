import { decodeBase64 } from '../rules/checks/base64.ts';
import { nameAt } from './assignment.ts';

/** What a name is given in base64. */
export interface EncodedValue {
  readonly key: string;
  /** Where the base64 stands. */
  readonly start: number;
  readonly end: number;
  /** What it says. */
  readonly value: string;
}

const VALUE = /:: ?([A-Za-z0-9+/]{4,512}={0,2})[ \t\r]{0,8}(?:\n|$)/y;

/**
 * What an entry of a directory gives the attribute that has the keyword `start`…`end` in it: `userPassword:: aHVu…` (RFC 2849). Undefined
 * for what is no such line.
 */
export function ldifValueAt(text: string, start: number, end: number): EncodedValue | undefined {
  const { key, left, right } = nameAt(text, start, end);
  if (!text.startsWith('::', right) || (left > 0 && text[left - 1] !== '\n')) return undefined;
  VALUE.lastIndex = right;
  const base64 = VALUE.exec(text)?.[1];
  const value = base64 === undefined ? undefined : decodeBase64(base64);
  if (base64 === undefined || value === undefined) return undefined;
  const from = text.indexOf(base64, right);
  return { key, start: from, end: from + base64.length, value };
}
