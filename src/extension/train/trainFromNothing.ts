import * as vscode from 'vscode';
import { resolveConfig } from '../../gan/presets';
import type { PresetName } from '../../shared/config';
import type { Checks } from '../checks/protocol';
import type { Failures } from '../commands/failures';
import { commandId } from '../contributions';
import { chooseImages, type ChosenImages } from './chooseImages';
import { downloadSet, isFetched } from './downloadSet';
import { pickStep, type Picked } from './pickStep';
import { presetItems } from './presetItems';
import { startRun, type TrainParts } from './startRun';
import { trainConfig } from './trainConfig';
import { builtInSource, runNameOf } from './trainingImages';

/**
 * Asks for images and a preset, and trains. Nothing has to be there before: no folder, no config,
 * no runtime.
 *
 * @throws UserError where the download, the images or the start fail
 */
export async function trainFromNothing(parts: TrainParts, failures: Failures): Promise<void> {
  const title = vscode.l10n.t('Train');
  for (;;) {
    const images = await chooseImages(title, parts.recent);
    if (!images) return;
    if (images.kind === 'config') return trainConfig(images.file, parts);
    const preset = await choosePreset(title, images, parts.checks).catch((thrown: unknown) => {
      // Whoever chose something that holds no images wants to choose again.
      failures.show(commandId.train, thrown);
      return 'back' as const;
    });
    if (preset === undefined) return;
    if (preset !== 'back') return train(images, preset, parts);
  }
}

type Images = Exclude<ChosenImages, { kind: 'config' }>;

async function choosePreset(
  title: string,
  images: Images,
  checks: Checks,
): Promise<Picked<PresetName>> {
  const isThere = images.kind === 'source' || isFetched(images.set);
  const looked = images.kind === 'source' ? describeImages(images.source, checks) : undefined;
  const picked = await pickStep({
    title,
    step: 2,
    totalSteps: 2,
    placeholder: isThere
      ? vscode.l10n.t('How should it train?')
      : vscode.l10n.t('How should it train when the images are there?'),
    items: presetItems(),
    ...(looked && { placeholderLater: looked }),
    canGoBack: true,
  });
  if (picked === undefined || picked === 'back') return picked;
  // Who is quicker than the look at the images waits for it here.
  await looked;
  return picked.preset;
}

async function describeImages(source: string, checks: Checks): Promise<string> {
  const { kind, total } = await checks.lookAtImages(source);
  if (source === builtInSource) return vscode.l10n.t('How should it train?');
  const name = runNameOf(source);
  return total === undefined
    ? vscode.l10n.t('{0}: {1}. How should it train?', name, kind)
    : vscode.l10n.t(
        '{0}: {1}, {2} images. How should it train?',
        name,
        kind,
        total.toLocaleString(vscode.env.language),
      );
}

async function train(images: Images, preset: PresetName, parts: TrainParts): Promise<void> {
  const source = images.kind === 'source' ? images.source : await downloadSet(images.set);
  const name = images.kind === 'source' ? runNameOf(source) : images.set.name;
  const config = resolveConfig({ name, preset, data: { source } }, parts.settings.ofNewRuns());
  await startRun(config, parts);
}
