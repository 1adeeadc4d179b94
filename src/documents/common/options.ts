/** What a bill of materials says beside the inventory. */
export interface SbomOptions {
  /** False for `assay sbom`: components and their graph alone. */
  readonly findings?: boolean;
}
