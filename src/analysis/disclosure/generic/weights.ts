/* Made by scripts/train-scorer.ts. Do not edit. */

/** For the features of `score.ts`, in their order. */
export const WEIGHTS: readonly number[] = [
  1.273, -0.762, 1.986, -1.794, 0.845, -1.94, 1.029, 0.099, 1.021, -0.96, -0.121, 0.229, -0.533,
];
export const BIAS: number = -1.814;

/** 99.1 % of random secrets score as much, under a name that says so. */
export const LIKELY: number = 1.872;
/** 99.7 % of them. */
export const POSSIBLE: number = 1.318;
