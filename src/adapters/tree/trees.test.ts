import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as zlib from 'node:zlib';
import { openRepository } from '../git/repository.ts';
import { hasGit, sandboxAt } from '../git/testing/git.ts';
import { makeZip } from '../zip/testing/make-zip.ts';
import { archive } from './archive.ts';
import { commit } from './commit.ts';
import type { ContractFiles } from './contract.ts';
import { treeContract } from './contract.ts';
import type { Wanted } from './left-out.ts';
import { memory } from './memory.ts';
import { staged } from './staged.ts';
import { makeTar } from './testing/tar.ts';
import { worktree } from './worktree.ts';

treeContract('in memory', (files, wanted) => ({ tree: memory(files, 'memory', wanted), remove: () => {} }));

const onDisk = (files: ContractFiles): { readonly path: string; readonly remove: () => void } => {
  const path = mkdtempSync(join(tmpdir(), 'assay-tree-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    if (typeof content === 'object' && 'link' in content) symlinkSync(content.link, join(path, name));
    else writeFileSync(join(path, name), content);
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
};

treeContract(
  'a folder',
  (files, wanted) => {
    const { path, remove } = onDisk(files);
    return { tree: worktree(path, path, wanted), remove };
  },
  { holdsCommitted: false },
);

if (hasGit) {
  const inRepository = (files: ContractFiles) => {
    const { path, remove } = onDisk(files);
    const box = sandboxAt(path);
    box.git('init', '-q', '-b', 'main');
    box.git('add', '-A', '-f');
    return { box, path, remove };
  };
  treeContract('a working tree', (files, wanted) => {
    const { path, remove } = inRepository(files);
    return { tree: worktree(path, path, wanted), remove };
  });
  treeContract('the index', (files, wanted) => {
    const { path, remove } = inRepository(files);
    return { tree: staged(openRepository(path)!, 'index', wanted), remove };
  });
  treeContract('a commit', (files, wanted) => {
    const { box, path, remove } = inRepository(files);
    box.git('commit', '-qm', 'x');
    return { tree: commit(openRepository(path)!, 'HEAD', wanted), remove };
  });
}

const archived = (extension: string, bytes: Uint8Array, wanted: Wanted) => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-tree-'));
  const path = join(folder, `a.${extension}`);
  writeFileSync(path, bytes);
  return { tree: archive(path, path, undefined, wanted), remove: () => rmSync(folder, { recursive: true }) };
};
const tarOf = (files: ContractFiles, prefix = ''): Buffer =>
  makeTar(
    Object.entries(files).map(([name, content]) =>
      typeof content === 'object' && 'link' in content
        ? { name: prefix + name, type: '2', link: content.link }
        : { name: prefix + name, content },
    ),
  );

const zipOf = (files: ContractFiles, prefix = ''): Uint8Array =>
  makeZip(
    Object.entries(files).map(([name, content]) =>
      typeof content === 'object' && 'link' in content
        ? { name: prefix + name, data: content.link, mode: 0o120777 }
        : { name: prefix + name, data: content },
    ),
  );

treeContract('a tar', (files, wanted) => archived('tar', tarOf(files, './'), wanted));
treeContract('a compressed tar with one folder at its top', (files, wanted) =>
  archived('tgz', zlib.gzipSync(tarOf(files, 'name-1.0/')), wanted),
);
if (typeof zlib.zstdCompressSync === 'function')
  treeContract('a tar packed with zstd', (files, wanted) =>
    archived('tar.zst', zlib.zstdCompressSync(tarOf(files)), wanted),
  );

treeContract('a zip', (files, wanted) => archived('zip', zipOf(files), wanted));
treeContract('a zip with one folder at its top', (files, wanted) =>
  archived('zip', zipOf(files, 'name-1.0/'), wanted),
);
