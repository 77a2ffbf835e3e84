// Draws the icon of the extension: node media/icons/make.mjs [CHROMIUM]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const [chromium = '/usr/bin/chromium'] = process.argv.slice(2);
const here = import.meta.dirname;
const side = 256;

// Singular values of a normalised layer: the largest is held at one, the dashed line.
const values = [1, 0.78, 0.56, 0.38, 0.22];
const colours = ['#ffd166', '#f79d65', '#ef6f8c', '#b56de0', '#6f7bf7'];
const plot = { left: 44, right: 212, one: 76, bottom: 206 };
const gap = 10;
const width = (plot.right - plot.left - gap * (values.length - 1)) / values.length;
const bars = values.map((value, i) => {
  const height = (plot.bottom - plot.one) * value;
  const x = plot.left + i * (width + gap);
  return `<rect x="${x}" y="${plot.bottom - height}" width="${width}" height="${height}" rx="5" fill="${colours[i]}"/>`;
});
const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="0 0 256 256">
  <defs><linearGradient id="night" x1="0" y1="0" x2="0" y2="1">
    <stop offset="0" stop-color="#1d3557"/><stop offset="1" stop-color="#0b1a30"/>
  </linearGradient></defs>
  <rect x="8" y="8" width="240" height="240" rx="52" fill="url(#night)"/>
  ${bars.join('\n  ')}
  <path d="M36 62H220" stroke="#e8f1ff" stroke-width="6" stroke-linecap="round" stroke-dasharray="14 14"/>
</svg>`;

const folder = mkdtempSync(path.join(tmpdir(), 'sn-gan-icon-'));
try {
  const page = path.join(folder, 'icon.html');
  writeFileSync(page, `<style>body{margin:0}svg{display:block}</style>${svg}`);
  execFileSync(chromium, [
    '--headless',
    '--no-sandbox',
    '--hide-scrollbars',
    '--default-background-color=00000000',
    `--window-size=${side},${side}`,
    `--screenshot=${path.join(here, 'icon.png')}`,
    page,
  ]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
