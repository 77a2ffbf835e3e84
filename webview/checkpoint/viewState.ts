import { signal } from '@preact/signals';
import type { IterationStart } from '../../src/shared/inspectionQuestions';

/** What a person chose in this page. All of it comes back after a reload. */

/** Parts of the page, of which one is open at a time. */
export const panels = [
  'spectrum',
  'drift',
  'history',
  'iteration',
  'weights',
  'samples',
  'file',
] as const;
export type PanelName = (typeof panels)[number];

export interface SpectrumView {
  readonly logY: boolean;
  readonly logX: boolean;
  /** Squared, as the paper's Fig. 3. */
  readonly squared: boolean;
  /** Divided by the largest, so that spectra of different weights can be compared. */
  readonly scaled: boolean;
  /** Of W-bar, the weight as it is used, instead of the raw one. */
  readonly normalized: boolean;
  /** Also the circular convolution's spectrum (Sedghi et al.). */
  readonly circular: boolean;
  /** Also what a matrix of independent random numbers of the shape would have. */
  readonly random: boolean;
  /** A small chart for each layer, as the paper's Fig. 3, instead of one for the chosen layers. */
  readonly each: boolean;
}

/** How the power iteration is watched. */
export interface IterationView {
  readonly start: IterationStart;
  readonly seed: number;
  /** 1 to 1000. */
  readonly iterations: number;
  /** The distance to the exact norm on a logarithmic axis instead of the estimate. */
  readonly error: boolean;
}

/** Settings that hold for every page; the extension keeps them. */
export interface Preferences {
  readonly spectrum: SpectrumView;
  readonly iteration: IterationView;
  /** Of the drift: a curve for each checkpoint instead of a heat map. */
  readonly ridges: boolean;
  /** Whether figures are exported on white paper; else they look as on the screen. */
  readonly whiteFigures: boolean;
}

export const defaultPreferences: Preferences = {
  spectrum: {
    logY: true,
    logX: false,
    squared: true,
    scaled: true,
    normalized: false,
    circular: false,
    random: false,
    each: false,
  },
  iteration: { start: 'random', seed: 1, iterations: 50, error: false },
  ridges: false,
  whiteFigures: true,
};

export const view = {
  preferences: signal(defaultPreferences),
  panel: signal<PanelName>('spectrum'),
  /** Name of the network whose layers are shown; null: the first discriminator, else the first. */
  network: signal<string | null>(null),
  /** Names of the layers that figures show, in the order chosen; the first one has the details. */
  layers: signal<readonly string[]>([]),
  /** Of the drift: the step that the scrubber stands at; null: that of this file. */
  step: signal<number | null>(null),
};

/** Changes how spectra are drawn. */
export function changeSpectrum(change: Partial<SpectrumView>): void {
  const { value } = view.preferences;
  view.preferences.value = { ...value, spectrum: { ...value.spectrum, ...change } };
}

/** Changes how the power iteration is watched. */
export function changeIteration(change: Partial<IterationView>): void {
  const { value } = view.preferences;
  view.preferences.value = { ...value, iteration: { ...value.iteration, ...change } };
}
