import { expect, test } from 'vitest';
import { findAll } from '../generic/testing/find-all.ts';
import { markingRules } from './index.ts';

const latin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
const said = (text: string, source: 'file' | 'document-property' = 'file'): string[] =>
  findAll(markingRules, latin1(text), { source, within: [] }).map(
    ({ rule, find, text: found }) => `${rule} ${find.tier} ${found}`,
  );

test('compound forms count wherever they stand, in capitals, with what follows them', () => {
  expect(said('This paper is OFFICIAL-SENSITIVE and not to be shared.')).toEqual([
    'marking-official-sensitive likely OFFICIAL-SENSITIVE',
  ]);
  expect(said('// OFFICIAL SENSITIVE - COMMERCIAL')).toEqual([
    'marking-official-sensitive likely OFFICIAL SENSITIVE - COMMERCIAL',
  ]);
  expect(said('OFFICIAL – SENSITIVE [UK EYES ONLY]')).toEqual([
    latin1('marking-official-sensitive likely OFFICIAL – SENSITIVE [UK EYES ONLY]'),
    'marking-caveat likely UK EYES ONLY',
  ]);
  expect(said('may hold OFFICIAL-SENSITIVE information')).toEqual([
    'marking-official-sensitive possible OFFICIAL-SENSITIVE',
  ]);
  expect(said('(?:STAFF|UK EYES ONLY|HMG)')).toEqual([]);
  expect(said('classified as ‘OFFICIAL-SENSITIVE’ by')).toEqual([]);
  expect(
    said('Official-Sensitive, official sensitive, OFFICIAL_SENSITIVE_TIER, "OFFICIAL-SENSITIVE"'),
  ).toEqual([]);
});

test('single words count alone on a line, in a field, in a property of a document', () => {
  expect(said('SECRET\n\nMinutes')).toEqual(['marking-secret likely SECRET']);
  expect(said('<!-- SECRET -->')).toEqual(['marking-secret likely SECRET']);
  expect(said('Classification: RESTRICTED and so on')).toEqual(['marking-legacy likely RESTRICTED']);
  expect(said('protective_marking: "SECRET"')).toEqual(['marking-secret likely SECRET']);
  expect(said('TOP SECRET          Page 1 of 3')).toEqual(['marking-top-secret likely TOP SECRET']);
  expect(said('<p class="marking"><b>OFFICIAL</b></p>')).toEqual(['marking-official possible OFFICIAL']);
  expect(said('OFFICIAL', 'document-property')).toEqual(['marking-official likely OFFICIAL']);
  expect(
    said(
      'The SECRET is out. const SECRET = 1; export SECRET\nSECRET=1\n"SECRET",\nsecret\n${SECRET}\nMY_SECRET',
    ),
  ).toEqual([]);
});

test('strings of programs are none', () => {
  const inFile = (path: string): number =>
    findAll(markingRules, 'PROTECT\n', { source: 'file', within: [], path }).length;
  expect([inFile('lib/a.dll'), inFile('notes.txt')]).toEqual([0, 1]);
});

test('legacy and allied forms', () => {
  expect(said('sent COMMERCIAL IN CONFIDENCE to them')).toEqual([
    'marking-legacy-compound likely COMMERCIAL IN CONFIDENCE',
  ]);
  expect(said('a NATO RESTRICTED annex')).toEqual(['marking-nato likely NATO RESTRICTED']);
  expect(said('SECRET//NOFORN')[0]).toBe('marking-secret likely SECRET//NOFORN');
});

test('the values of a type, the strings of a program, and calls are no markings', () => {
  const tierIn = (text: string, path: string, ...within: string[]): string | undefined =>
    findAll(markingRules, text, { source: 'file', path, within })[0]?.find.tier;
  const values = '  PUBLIC,\n  PRIVATE,\n  RESTRICTED\n';
  expect(tierIn(values, 'Classification.java')).toBe('possible');
  expect(tierIn(values, 'minutes.txt')).toBe('likely');
  expect(tierIn('// RESTRICTED\n', 'Classification.java')).toBe('likely');
  expect(tierIn('"security_classification": "RESTRICTED",', 'case.json')).toBe('possible');
  expect(tierIn('secret: "%env(SECRET)%"', 'config.yml')).toBeUndefined();
  expect(tierIn('a\0\nSECRET\n', 'a.zip', 'zip: lib/a.so')).toBeUndefined();
});

test('the value of an element of data is possible; on a page or under a field for markings it is likely', () => {
  for (const [text, tier] of [
    ['<transport-guarantee>CONFIDENTIAL</transport-guarantee>', 'possible'],
    ['<h1>CONFIDENTIAL</h1>', 'likely'],
    ['<securityClassification>CONFIDENTIAL</securityClassification>', 'likely'],
  ])
    expect(said(text!)).toEqual([`marking-legacy ${tier} CONFIDENTIAL`]);
});
