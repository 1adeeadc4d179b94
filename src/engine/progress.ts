/** What the engine is doing. The command line draws it, a server stores it, tests and hooks ignore it. */
export type ProgressEvent =
  | { readonly kind: 'started' | 'finished' | 'cached'; readonly fact: string }
  /** `total` is not known while files are still being found. */
  | {
      readonly kind: 'progress';
      readonly fact: string;
      readonly done: number;
      readonly total: number | undefined;
    };

export type OnProgress = (event: ProgressEvent) => void;

export const noProgress: OnProgress = () => {};
