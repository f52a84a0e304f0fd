// Writes vega.js and, beside it, the licences of every package that is in it. `npm ci && npm run build`.
import { build } from 'esbuild';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

const FOLDER = '../plugins/media_monitor/web/static';
const { metafile } = await build({
  entryPoints: ['charts.js'],
  outfile: `${FOLDER}/vega.js`,
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  legalComments: 'none',
  metafile: true,
});
const names = new Set(
  Object.keys(metafile.inputs)
    .map((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1])
    .filter(Boolean),
);
const licences = [...names].sort().map((name) => {
  const folder = `node_modules/${name}`;
  const { version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  const text = file && existsSync(`${folder}/${file}`) ? readFileSync(`${folder}/${file}`, 'utf8').trim() : '';
  return `${name} ${version} (${license})\n\n${text}\n`;
});
writeFileSync(`${FOLDER}/vega.LICENSES.txt`, licences.join(`\n${'-'.repeat(80)}\n\n`));
console.log(`${names.size} packages`);
