// Makes the pictures of the README from a run: node media/readme/make.mjs RUN_FOLDER [CHROMIUM]
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const [run, chromium = '/usr/bin/chromium'] = process.argv.slice(2);
if (!run) throw new Error('Usage: node media/readme/make.mjs RUN_FOLDER [CHROMIUM]');
const here = import.meta.dirname;

const grids = readdirSync(path.join(run, 'samples')).sort();
copyFileSync(path.join(run, 'samples', grids[grids.length - 1]), path.join(here, 'samples.png'));

const records = readFileSync(path.join(run, 'scalars.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));
const tags = Object.keys(records[0]).filter((tag) => tag.startsWith('sigma/'));

const size = { width: 760, height: 300 };
const plot = { left: 52, right: size.width - 84, top: 34, bottom: size.height - 40 };
const lastStep = records[records.length - 1].step;
const highest = Math.max(...records.flatMap((record) => tags.map((tag) => record[tag])));
const tick = highest > 4 ? 1 : 0.5;
const x = (step) => plot.left + ((plot.right - plot.left) * step) / lastStep;
const y = (sigma) =>
  plot.bottom - ((plot.bottom - plot.top) * sigma) / (Math.ceil(highest / tick) * tick);

// Okabe and Ito's palette, told apart by the colour-blind; every line is named at its end, too.
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00', '#000000'];

/** Heights of the line names, moved apart so that none covers another. */
function labelHeights() {
  const ends = tags
    .map((tag) => ({ tag, at: y(records[records.length - 1][tag]) }))
    .sort((a, b) => a.at - b.at);
  for (let i = 1; i < ends.length; i++) ends[i].at = Math.max(ends[i].at, ends[i - 1].at + 15);
  return new Map(ends.map(({ tag, at }) => [tag, at]));
}

const heights = labelHeights();
const grid = [];
for (let sigma = 0; sigma <= highest + tick; sigma += tick) {
  if (y(sigma) < plot.top - 1) break;
  grid.push(
    `<line x1="${plot.left}" x2="${plot.right}" y1="${y(sigma)}" y2="${y(sigma)}" stroke="#ddd"/>`,
    `<text x="${plot.left - 8}" y="${y(sigma) + 4}" text-anchor="end">${sigma}</text>`,
  );
}
for (let step = 0; step <= lastStep; step += lastStep / 4) {
  grid.push(
    `<text x="${x(step)}" y="${plot.bottom + 18}" text-anchor="middle">${Math.round(step)}</text>`,
  );
}
const lines = tags.map((tag, i) => {
  const points = records.map((record) => `${x(record.step)},${y(record[tag])}`).join(' ');
  const colour = colours[i % colours.length];
  return `<polyline points="${points}" fill="none" stroke="${colour}" stroke-width="2"/>
    <text x="${plot.right + 8}" y="${heights.get(tag) + 4}" fill="${colour}">${tag.slice(6)}</text>`;
});
const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}"
  font-family="sans-serif" font-size="13" fill="#333">
  <rect width="100%" height="100%" fill="#fff"/>
  <text x="${plot.left}" y="20" font-size="14" font-weight="bold">Spectral norm of each raw weight of D, estimated by power iteration</text>
  ${grid.join('\n')}
  <text x="${(plot.left + plot.right) / 2}" y="${size.height - 6}" text-anchor="middle">step</text>
  ${lines.join('\n')}
</svg>`;

const temporary = mkdtempSync(path.join(tmpdir(), 'sn-gan-readme-'));
const page = path.join(temporary, 'sigma.html');
writeFileSync(page, `<!doctype html><style>body{margin:0}</style>${svg}`);
execFileSync(chromium, [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--hide-scrollbars',
  '--force-device-scale-factor=2',
  `--user-data-dir=${temporary}/profile`,
  `--window-size=${size.width},${size.height}`,
  `--screenshot=${path.join(here, 'sigma.png')}`,
  `file://${page}`,
]);
rmSync(temporary, { recursive: true });
