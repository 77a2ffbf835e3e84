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

/** How the table of layers is sorted and which layers it shows. */
export interface LayersView {
  /** Name of a column; null: in the order of the network. */
  readonly sort: { readonly column: string; readonly descending: boolean } | null;
  /** Only layers whose name or kind contains this; '' for all. */
  readonly filter: string;
}

/** How the pictures of a layer's kernels are drawn. */
export interface KernelsView {
  /** CSS pixels per weight; null: so many that the picture can be seen. */
  readonly zoom: number | null;
  /** Each kernel from its own smallest to its own largest, instead of one scale for all. */
  readonly each: boolean;
  /** The histogram's counts on a logarithmic axis. */
  readonly logCounts: boolean;
}

/** What the generator is asked to draw. */
export interface GeneratedView {
  readonly paths: boolean;
  readonly seed: number;
  readonly count: number;
  /** Of paths: the seed that they lead to. */
  readonly toSeed: number;
  readonly rows: number;
  readonly steps: number;
}

/** Settings that hold for every page; the extension keeps them. */
export interface Preferences {
  readonly spectrum: SpectrumView;
  readonly iteration: IterationView;
  /** Of the drift: a curve for each checkpoint instead of a heat map. */
  readonly ridges: boolean;
  /** Columns of the table of layers; null: those that matter most. */
  readonly columns: readonly string[] | null;
  readonly kernels: KernelsView;
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
  columns: null,
  kernels: { zoom: null, each: false, logCounts: false },
  whiteFigures: true,
};

export const defaultLayersView: LayersView = { sort: null, filter: '' };

export const defaultGeneratedView: GeneratedView = {
  paths: false,
  seed: 0,
  count: 36,
  toSeed: 1,
  rows: 4,
  steps: 9,
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
  table: signal(defaultLayersView),
  generated: signal(defaultGeneratedView),
  /** Whether foldable parts of the page are open; absent: as they are at first. */
  open: signal<Readonly<Record<string, boolean>>>({}),
  /** How far the page is scrolled, in CSS pixels. */
  scroll: signal(0),
};

/** Opens or folds a part of the page. */
export function setOpen(name: string, open: boolean): void {
  view.open.value = { ...view.open.peek(), [name]: open };
}

/** Changes some settings that hold for every page. */
export function prefer(change: Partial<Preferences>): void {
  view.preferences.value = { ...view.preferences.peek(), ...change };
}

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
