// What a shop's developer writes in Node: sharp, a pipeline for each rendition.
const fs = require('fs');
const os = require('os');
const path = require('path');
const sharp = require('sharp');

const WIDTHS = [1600, 800, 400, 160];

async function develop(file, to) {
  const photo = sharp(file).rotate();
  const stem = path.join(to, path.parse(file).name);
  await Promise.all(WIDTHS.flatMap((width) => {
    const picture = photo.clone().resize({ width, withoutEnlargement: true });
    return [
      picture.clone().jpeg({ quality: 80, progressive: true }).toFile(`${stem}-${width}.jpg`),
      picture.clone().webp({ quality: 80 }).toFile(`${stem}-${width}.webp`),
    ];
  }));
}

async function main([from, to]) {
  const files = fs.readdirSync(from).map((name) => path.join(from, name));
  const began = process.hrtime.bigint();
  const turn = async () => { for (let file; (file = files.pop());) await develop(file, to); };
  await Promise.all(os.cpus().map(turn));
  console.log(Number(process.hrtime.bigint() - began) / 1e9, process.resourceUsage().maxRSS / 1024);
}

main(process.argv.slice(2));
