import { iterationStarts } from '../../../src/shared/inspectionQuestions';
import { booleanOr, fieldsOf, numberOr, oneOf, stringsOr } from '../../kept/narrowing';
import {
  defaultPreferences,
  type IterationView,
  type KernelsView,
  type Preferences,
  type SpectrumView,
} from '../viewState';

/** Preferences as the extension kept them, whatever version of the page they are from. */
export function preferencesOf(kept: unknown): Preferences {
  const fields = fieldsOf(kept);
  return {
    spectrum: spectrumOf(fields.spectrum),
    iteration: iterationOf(fields.iteration),
    ridges: booleanOr(fields.ridges, defaultPreferences.ridges),
    columns: stringsOr(fields.columns, defaultPreferences.columns),
    kernels: kernelsOf(fields.kernels),
    whiteFigures: booleanOr(fields.whiteFigures, defaultPreferences.whiteFigures),
  };
}

function spectrumOf(kept: unknown): SpectrumView {
  const fields = fieldsOf(kept);
  const { spectrum } = defaultPreferences;
  return {
    logY: booleanOr(fields.logY, spectrum.logY),
    logX: booleanOr(fields.logX, spectrum.logX),
    squared: booleanOr(fields.squared, spectrum.squared),
    scaled: booleanOr(fields.scaled, spectrum.scaled),
    normalized: booleanOr(fields.normalized, spectrum.normalized),
    circular: booleanOr(fields.circular, spectrum.circular),
    random: booleanOr(fields.random, spectrum.random),
    each: booleanOr(fields.each, spectrum.each),
  };
}

function iterationOf(kept: unknown): IterationView {
  const fields = fieldsOf(kept);
  const { iteration } = defaultPreferences;
  return {
    start: oneOf(fields.start, iterationStarts, iteration.start),
    seed: numberOr(fields.seed, iteration.seed, 0, 2 ** 32 - 1),
    iterations: numberOr(fields.iterations, iteration.iterations, 1, 1000),
    error: booleanOr(fields.error, iteration.error),
  };
}

function kernelsOf(kept: unknown): KernelsView {
  const fields = fieldsOf(kept);
  const { kernels } = defaultPreferences;
  return {
    zoom: numberOr(fields.zoom, kernels.zoom, 1, 32),
    each: booleanOr(fields.each, kernels.each),
    logCounts: booleanOr(fields.logCounts, kernels.logCounts),
  };
}
