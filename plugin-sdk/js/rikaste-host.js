// What the host offers beside the products: a log, and the bytes of photos. Only in the sandbox;
// a module that imports this one does not run in Node.
import { write } from 'rikaste:plugin/log@0.1.0';
import { read as readAsset } from 'rikaste:plugin/assets@0.1.0';

/** Lines in the plugin's log. What concerns one product is better a diagnostic of its patch. */
export const log = {
  info: (message) => write('info', String(message)),
  warning: (message) => write('warning', String(message)),
  error: (message) => write('error', String(message)),
};

// Once this module is imported, what is written to the console is in the log as well.
for (const [name, severity] of [['log', 'info'], ['info', 'info'], ['debug', 'info'], ['warn', 'warning'], ['error', 'error']]) {
  console[name] = (...words) => write(severity, words.map(String).join(' '));
}

/**
 * At most `length` bytes (and at most 1 MiB) from `offset` of a photo of the products at hand; empty
 * at the end. Throws where the photo is not among them: name `images` in `reads`.
 */
export function readImage(image, offset, length) {
  return readAsset(image.asset, BigInt(offset), length);
}
