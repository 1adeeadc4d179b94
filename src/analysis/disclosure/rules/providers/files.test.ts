import { expect, test } from 'vitest';
import { findAll } from '../../generic/testing/find-all.ts';
import { fileRules } from './files.ts';

const said = (text: string): string[] =>
  findAll(fileRules, text, { source: 'path', path: text, within: [] }).map(
    ({ find, text: name }) => `${find.tier} ${name}`,
  );

test('a file of keys is found by its own name, whatever folder it is in', () => {
  expect(said('deploy/signing.keystore')).toEqual(['likely signing.keystore']);
  expect(said('deploy/server-2.p12')).toEqual(['likely server-2.p12']);
  expect(said('deploy/truststore.jks')).toEqual(['possible truststore.jks']);
  // What every Android program is signed with while it is worked on.
  expect(said('android/app/debug.keystore')).toEqual(['possible debug.keystore']);
  // In a tree, the id of the file follows.
  expect(said('100644 signing.jks\0')).toEqual(['likely signing.jks']);
});

test('a line of text that ends with such a name is none', () => {
  expect(said('keyStorePath: signing.keystore\nvalidateCerts: false\n')).toEqual([]);
});
