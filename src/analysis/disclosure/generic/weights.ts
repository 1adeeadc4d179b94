/* Made by scripts/train-scorer.ts. Do not edit. */

/** For the features of `score.ts`, in their order. */
export const WEIGHTS: readonly number[] = [
  1.273, -0.761, 1.983, -1.79, 0.843, -1.944, 1.025, 0.097, 1.024, -0.96, -0.127, 0.232, -0.532,
];
export const BIAS: number = -1.809;

/** 99.7 % of random secrets score as much, under a name that says so. */
export const LIKELY: number = 1.314;
/** 99.9 % of them. */
export const POSSIBLE: number = 0.77;
