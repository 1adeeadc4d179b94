import type { DisclosureRule } from '../../model/disclosure.ts';
import { addressRules } from './addresses/index.ts';
import { genericRules } from './generic/index.ts';
import { markingRules } from './markings/index.ts';
import { personalRules } from './personal/index.ts';
import { providerRules } from './rules/index.ts';

/** Every rule that is asked unless a project says otherwise. */
export const allRules: readonly DisclosureRule[] = [
  ...providerRules,
  ...genericRules,
  ...personalRules,
  ...markingRules,
  ...addressRules,
];
