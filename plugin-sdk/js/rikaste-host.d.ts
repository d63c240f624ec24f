import type { Image } from './rikaste-plugin.js';

/** Lines in the plugin's log. What concerns one product is better a diagnostic of its patch. */
export const log: Record<'info' | 'warning' | 'error', (message: string) => void>;

/**
 * At most `length` bytes (and at most 1 MiB) from `offset` of a photo of the products at hand; empty
 * at the end. Throws where the photo is not among them: name `images` in `reads`.
 */
export function readImage(image: Image, offset: number, length: number): Uint8Array;
