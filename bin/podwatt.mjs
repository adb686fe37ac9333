#!/usr/bin/env node
// Starts Podwatt with the Node that it needs, whatever Node was on the path. Plain syntax: Node 18 must read this file.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';

const NEEDED_MAJOR = 24;
const root = dirname(dirname(fileURLToPath(import.meta.url)));

if (Number(process.versions.node.split('.')[0]) < NEEDED_MAJOR) {
  startAgain();
} else {
  // Only a checkout has sources to build; an installed package carries out/.
  if (existsSync(join(root, 'src', 'cli', 'main.ts'))) {
    const { ensureBuilt } = await import(pathToFileURL(join(root, 'scripts', 'build.mjs')).href);
    await ensureBuilt();
  }
  // The young generation of each thread stays as small as it starts: it would grow by tens of MB and give nothing back.
  // A cap on the whole heap would end the process in a large cluster; this limits nothing.
  setFlagsFromString('--semi-space-growth-factor=1');
  // What V8 made of the code is kept between starts.
  module.enableCompileCache?.();
  await import(pathToFileURL(join(root, 'out', 'main', 'cli.js')).href);
}

function startAgain() {
  const node = findNode();
  if (node === null) {
    process.stderr.write(
      `Podwatt needs Node ${NEEDED_MAJOR}, and this is ${process.versions.node}.\nRun npm ci in its folder, or install Node ${NEEDED_MAJOR}.\n`,
    );
    process.exit(1);
  }
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  // The child gets Ctrl+C from the terminal by itself; it alone decides when to end.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`Node ${NEEDED_MAJOR} could not be started (${error.code}).\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    if (signal !== null) process.kill(process.pid, signal);
    else process.exit(code ?? 1);
  });
}

/** The Node that npm installed beside Podwatt, or above it where Podwatt itself is a dependency. */
function findNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  try {
    const found = join(dirname(createRequire(import.meta.url).resolve('node/package.json')), 'bin', name);
    return existsSync(found) ? found : null;
  } catch {
    return null;
  }
}
