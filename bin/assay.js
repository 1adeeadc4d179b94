#!/usr/bin/env node
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 22)) {
  process.stderr.write(
    `assay: needs Node 22.22 or later; this is ${process.versions.node}. In a checkout, \`npm run assay -- …\` brings its own.\n`,
  );
  process.exit(2);
}
require('../dist/start.cjs');
