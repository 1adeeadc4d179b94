import type { DisclosureRule } from '../../../model/disclosure.ts';
import { markingRule } from './marking.ts';

/**
 * Protective markings of the United Kingdom (Government Security Classifications), those before 2014, NATO's and the United
 * States'. Single common words say something only where a marking stands: alone on a line, in a field, in a property.
 * https://www.gov.uk/government/publications/government-security-classifications
 */
export const markingRules: readonly DisclosureRule[] = [
  markingRule({
    id: 'marking-official-sensitive',
    title: 'OFFICIAL-SENSITIVE marking',
    words: ['official sensitive'],
    inText: 'likely',
    onOwnLine: 'likely',
  }),
  markingRule({
    id: 'marking-top-secret',
    title: 'TOP SECRET marking',
    words: ['top secret'],
    inText: 'possible',
    onOwnLine: 'likely',
  }),
  markingRule({
    id: 'marking-secret',
    title: 'SECRET marking',
    words: ['secret'],
    inText: undefined,
    onOwnLine: 'likely',
  }),
  markingRule({
    id: 'marking-caveat',
    title: 'National caveat',
    words: [
      'uk eyes only',
      'uk secret',
      'uk top secret',
      'canukus eyes only',
      'five eyes only',
      'aus can nz uk us eyes only',
    ],
    inText: 'likely',
    onOwnLine: 'likely',
  }),
  markingRule({
    id: 'marking-handling',
    title: 'Handling instruction',
    words: [
      'recipients only',
      'organisational use only',
      'hmg use only',
      'not for public release',
      'not for onward transmission',
      'official use only',
    ],
    inText: 'possible',
    onOwnLine: 'likely',
  }),
  markingRule({
    id: 'marking-handling-word',
    title: 'Handling instruction',
    words: ['embargoed', 'locsen', 'limdis'],
    inText: undefined,
    onOwnLine: 'possible',
  }),
  markingRule({
    id: 'marking-official',
    title: 'OFFICIAL marking',
    words: ['official', 'uk official'],
    inText: undefined,
    onOwnLine: 'possible',
  }),
  markingRule({
    id: 'marking-legacy',
    title: 'Marking from before 2014',
    words: ['restricted', 'confidential', 'protect', 'in confidence'],
    inText: undefined,
    onOwnLine: 'likely',
    isCommon: true,
  }),
  markingRule({
    id: 'marking-legacy-compound',
    title: 'Marking from before 2014',
    words: [
      'commercial in confidence',
      'restricted commercial',
      'protect personal',
      'protect commercial',
      'protect staff',
      'protect policy',
      'uk restricted',
      'uk confidential',
      'restricted management',
      'restricted staff',
      'confidential commercial',
    ],
    inText: 'likely',
    onOwnLine: 'likely',
  }),
  markingRule({
    id: 'marking-nato',
    title: 'NATO marking',
    words: [
      'nato restricted',
      'nato confidential',
      'nato secret',
      'cosmic top secret',
      'nato unclassified',
      'eu restricted',
      'restreint ue',
    ],
    inText: 'likely',
    onOwnLine: 'likely',
  }),
  markingRule({
    id: 'marking-us',
    title: 'United States marking',
    words: ['noforn', 'orcon'],
    inText: undefined,
    onOwnLine: 'likely',
  }),
];
