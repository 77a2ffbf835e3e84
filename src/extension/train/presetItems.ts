import * as vscode from 'vscode';
import { presets, resolveConfig } from '../../gan/presets';
import type { PresetName } from '../../shared/config';

/** A preset as picks show it. */
export interface PresetItem extends vscode.QuickPickItem {
  readonly preset: PresetName;
}

/** Every preset, the one for a first look first. */
export function presetItems(): readonly PresetItem[] {
  const names = Object.keys(presets) as PresetName[];
  names.sort((a, b) => Number(b === 'quick') - Number(a === 'quick'));
  return names.map((preset) => ({
    label: preset,
    description: settingsOf(preset),
    detail: useOf(preset),
    preset,
  }));
}

/** What a preset sets, in the symbols of the paper. */
function settingsOf(preset: PresetName): string {
  const { network, optimizer, nDis, steps } = resolveConfig({ preset });
  const { learningRate, beta1, beta2 } = optimizer;
  return vscode.l10n.t(
    'Adam {0}, β₁ {1}, β₂ {2} · {3} D per G · {4} steps · {5} network',
    learningRate,
    beta1,
    beta2,
    nDis,
    steps.toLocaleString(vscode.env.language),
    network.architecture,
  );
}

/** What a preset is good for, and what it asks of the machine. */
function useOf(preset: PresetName): string {
  switch (preset) {
    case 'quick':
      return vscode.l10n.t('For a first look: first shapes within minutes on any machine.');
    case 'A':
      return vscode.l10n.t(
        'As for WGAN-GP: careful, five updates of D for each of G. For a graphics card.',
      );
    case 'B':
      return vscode.l10n.t(
        'The choice of the paper for STL-10. Days on a processor, hours on a graphics card.',
      );
    case 'C':
      return vscode.l10n.t(
        'As for DCGAN; a good start. Days on a processor, hours on a graphics card.',
      );
    case 'D':
      return vscode.l10n.t(
        'High learning rate, which GANs without normalisation do not bear. For a graphics card.',
      );
    case 'E':
      return vscode.l10n.t('High learning rate, slower second moment. For a graphics card.');
    case 'F':
      return vscode.l10n.t(
        'High learning rate and high momentum: the hardest of the six. For a graphics card.',
      );
    case 'resnet':
      return vscode.l10n.t(
        'The residual network of the paper, for the best pictures. For a graphics card.',
      );
  }
}
