import type { KeySense } from './key.ts';
import { TOKEN_FEATURES, tokenFeatures } from './token.ts';
import { BIAS, WEIGHTS } from './weights.ts';

/** Those of the token, and behind them: the strength of its name, words against, quotes. */
export const FEATURES: number = TOKEN_FEATURES + 3;

/** The features of a value where it is assigned. Written into an array that the next call writes again. */
export function featuresOf(token: string, sense: KeySense, quoted: boolean): Float64Array {
  tokenFeatures(token, scratch);
  scratch[TOKEN_FEATURES] = sense.strength / 3;
  scratch[TOKEN_FEATURES + 1] = Math.min(2, sense.against) / 2;
  scratch[TOKEN_FEATURES + 2] = quoted ? 1 : 0;
  return scratch;
}

/**
 * The logarithm of the odds that a value is a random secret and not something that was written. Weights are trained by
 * `scripts/train-scorer.ts`; docs/secrets-scorer.md says how well it tells.
 */
export function scoreOf(token: string, sense: KeySense, quoted: boolean): number {
  const features = featuresOf(token, sense, quoted);
  let sum = BIAS;
  for (let i = 0; i < FEATURES; i++) sum += features[i]! * WEIGHTS[i]!;
  return sum;
}

const scratch = new Float64Array(FEATURES);
