import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hyphenated } from '../../../host/http/pages/hyphens.js';

const shown = (text, language = 'fi') => hyphenated(text, language).replaceAll('\u00ad', '-');

test('long Finnish words may break between syllables, with three letters at either end', () => {
  assert.deepEqual(
    ['Lämpöpatruunakerrastohousut', 'Lastenkuoritakki, sininen', 'KUMISAAPASTELINE'].map((text) => shown(text)),
    ['Läm-pö-pat-ruu-na-ker-ras-to-hou-sut', 'Las-ten-kuo-ri-takki, sininen', 'KUMI-SAA-PAS-TE-LINE'],
  );
});

test('short words and other languages stay as they are', () => {
  for (const [text, language] of [['Kumisaappaat', 'fi'], ['Barnvagnsregnskydd', 'sv'], ['HH-1001-VIO-116', 'fi'], ['', 'fi']]) assert.equal(hyphenated(text, language), text);
});
