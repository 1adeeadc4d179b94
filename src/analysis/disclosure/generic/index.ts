import type { DisclosureRule } from '../../../model/disclosure.ts';
import { chosenPassword } from './chosen.ts';
import { drawnSecret } from './drawn.ts';
import { elsewhere } from './elsewhere.ts';
import { overLines } from './over-lines.ts';
import { toldPassword } from './told.ts';

/** Secrets of no known provider: values that look drawn at random, and passwords that somebody chose. */
export const genericRules: readonly DisclosureRule[] = [
  drawnSecret,
  chosenPassword,
  ...overLines,
  ...elsewhere,
  toldPassword,
];
