import { expect, test } from 'vitest';
import { judgeLicenceEdit } from './recognise-edit.ts';
import { recogniseLicences, wordsOf } from './recognise.ts';

const MIT = `The MIT License (MIT)

Copyright (c) 2012 Somebody

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in
all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN
THE SOFTWARE.
`;
const BSD = `Redistribution and use in source and binary forms, with or without modification, are permitted provided that the
following conditions are met: Redistributions of source code must retain the above copyright notice. Redistributions in
binary form must reproduce the above copyright notice.`;
const APACHE =
  'Apache License\nVersion 2.0, January 2004\nTERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION';
const GPL3 = 'GNU GENERAL PUBLIC LICENSE\nVersion 3, 29 June 2007\n(at your option) any later version';
const notice = (name: string, version: string, tail: string): string =>
  `it under the terms of the ${name} as published by\nthe Free Software Foundation, ${version} of the License${tail}`;

test.for([
  ['MIT', MIT, ['MIT']],
  ['MIT in one line and other quotes', MIT.replaceAll('\n', ' ').replaceAll('"', '``'), ['MIT']],
  ['MIT without its condition is MIT-0', MIT.replace(/The above[\s\S]*?Software\.\n/, ''), ['MIT-0']],
  ['MIT that wants good only', `${MIT}The Software shall be used for Good, not Evil.`, ['JSON']],
  ['BSD of two clauses', BSD, ['BSD-2-Clause']],
  [
    'BSD of three clauses',
    `${BSD} Neither the name may be used to endorse or promote products derived from this software.`,
    ['BSD-3-Clause'],
  ],
  ['Apache', APACHE, ['Apache-2.0']],
  ['Apache by notice', 'Licensed under the Apache License, Version 2.0 (the "License")', ['Apache-2.0']],
  ['the text of GPL 3 does not say whether later ones do', GPL3, ['GPL-3.0']],
  [
    'a notice says it',
    notice('GNU General Public License', 'either version 2', ', or (at your option) any later version.'),
    ['GPL-2.0-or-later'],
  ],
  [
    'AGPL by notice, then what is beside it',
    `${notice('GNU Affero General Public License', 'either version 3', ', or (at your option) any later version.')}\n${BSD}`,
    ['AGPL-3.0-or-later', 'BSD-2-Clause'],
  ],
  ['Business Source License', 'Business Source License 1.1\nAdditional Use Grant: None', ['BUSL-1.1']],
  ['SSPL', 'Server Side Public License\nVERSION 1, OCTOBER 16, 2018', ['SSPL-1.0']],
  ['British spelling', 'European Union Public Licence v. 1.2\nEUPL', ['EUPL-1.2']],
  ['none that we know', 'All rights reserved. Do not copy.', []],
  ['nothing', '', []],
] as const)('recognises %s', ([, text, expected]) => {
  expect(recogniseLicences(text).licences.map(({ id }) => id)).toEqual(expected);
});

test('a text that says much more than its licence is told', () => {
  expect(recogniseLicences(MIT).more).toBe(false);
  expect(recogniseLicences(`${MIT}\n${'You may not sell it to others. '.repeat(30)}`).more).toBe(true);
});

test('words are the same whatever the layout', () => {
  expect(wordsOf(' The  "Licence"\n * v2.0 ')).toBe(' the license v2 0 ');
});

test.for([
  ['a new year', MIT, MIT.replace('2012', '2012-2026'), 'text tidy'],
  ['another holder', MIT, MIT.replace('Somebody', 'Somebody Else, Inc.'), 'text tidy'],
  ['other line breaks', MIT, MIT.replaceAll('\n', '\r\n').replaceAll('of this\r\n', 'of this '), 'text tidy'],
  ['another licence', MIT, APACHE, 'terms changed'],
  [
    'a stricter version of the same family',
    notice('GNU General Public License', 'version 2', ' or any later version'),
    GPL3,
    'terms changed',
  ],
  ['the file removed', MIT, undefined, 'terms changed'],
  ['the file added', undefined, MIT, 'added'],
  ['a condition put to it', MIT, `${MIT}\n${'You may not sell it to others. '.repeat(30)}`, 'unclear'],
  ['a part under another licence beside it', MIT, `${MIT}\nParts:\n${BSD}`, 'unclear'],
  ['words that nobody knows', 'one text', 'another text', 'unclear'],
] as const)('an edit: %s', ([, before, after, expected]) => {
  expect(judgeLicenceEdit(before, after).kind).toBe(expected);
});

test('says what it was and is', () => {
  expect(judgeLicenceEdit(MIT, APACHE).says).toBe('MIT → Apache-2.0');
});
