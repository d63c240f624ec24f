// What a merchant's developer writes for Node: rows or lines in, products with types out.
'use strict';

const fs = require('node:fs');
const readline = require('node:readline');

const product = (row) => ({
  sku: row.sku,
  parent: row.parent || null,
  family: row.family,
  name: { fi: row['name-fi_FI'], en: row['name-en_GB'] },
  color: [row.color],
  size: [row.size],
  weight: Number(row.weight.replace(' kg', '').replace(',', '.')),
  price: Math.round(Number(row['price-EUR'].replace(',', '.')) * 100),
  availableFrom: new Date(row.available_from),
});

async function* lines(path) {
  for await (const line of readline.createInterface({ input: fs.createReadStream(path) })) {
    yield JSON.parse(line);
  }
}

const rows = (path) => {
  const { parse } = require('csv-parse');
  return fs.createReadStream(path).pipe(parse({ delimiter: ';', columns: true, bom: true }));
};

(async () => {
  const path = process.argv[2];
  const began = process.cpuUsage();
  const seen = new Set();
  for await (const row of path.endsWith('.csv') ? rows(path) : lines(path)) {
    seen.add(product(row).sku);
  }
  const { user, system } = process.cpuUsage(began);
  console.log(seen.size, (user + system) / 1e6, process.resourceUsage().maxRSS >> 10);
})();
