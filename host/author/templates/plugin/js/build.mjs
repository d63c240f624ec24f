// Makes dist/{{name}}.wasm of src/plugin.js. `rikaste plugin build` runs it.
import { mkdir, writeFile } from 'node:fs/promises';
import { componentize } from '@bytecodealliance/componentize-js';

const [, , output = 'dist/{{name}}.wasm'] = process.argv;

const { component } = await componentize({
  sourcePath: 'src/plugin.js',
  witPath: 'wit',
  worldName: 'enricher',
  // A plugin has no clock, randomness, network or files, so none is built in.
  disableFeatures: ['stdio', 'random', 'clocks', 'http', 'fetch-event'],
});
await mkdir('dist', { recursive: true });
await writeFile(output, component);
