import { t } from '@vscode/l10n';
import { resolveConfig } from '../../gan/presets';
import type { PresetName } from '../../shared/config';

/**
 * The text of a new config file: the few keys that everybody wants to change, each with a comment,
 * and the values that they have anyway. What the preset decides is
 * left to it, so that another one can be written in its place.
 */
export function newConfigText(preset: PresetName): string {
  const { data, steps } = resolveConfig({ preset });
  const sections = [
    [t('Shown in the list of runs.'), `"name": ${JSON.stringify(t('my run'))},`],
    [
      t('Settings to start from: quick for a first look, A to F or resnet from the paper.'),
      `"preset": ${JSON.stringify(preset)},`,
    ],
    [
      t('A folder, an archive or a file of images; a relative path starts at this file.'),
      `"data": { "source": ${JSON.stringify(data.source)}, "size": ${data.size}, "flip": ${data.flip} },`,
    ],
    [t('Updates of the generator.'), `"steps": ${steps},`],
  ];
  const body = sections.map(([comment, line]) => `  // ${comment}\n  ${line}`).join('\n');
  const hint = t('Every other key keeps its default; completion lists them all.');
  return `{\n${body}\n  // ${hint}\n}\n`;
}
