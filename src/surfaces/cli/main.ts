declare const ASSAY_VERSION: string;
process.stdout.write(`${ASSAY_VERSION}\n`);
