import { t } from '@vscode/l10n';
import type {
  IterationAnswer,
  IterationForm,
  IterationStart,
} from '../../../src/shared/inspectionQuestions';
import { formatReading } from '../../figures/format';
import { formatCount } from '../../ui/format';
import { formName } from './iterationSpec';
import { iterationsUntil, predictedError } from './prediction';

/** Share of the norm that an estimate is good enough within. */
const GOOD = 0.01;

/** Why a start leads nowhere, or to the wrong value, in a sentence; undefined where it does not. */
export function failureText(
  { failure }: IterationAnswer,
  form: IterationForm,
  start: IterationStart,
): string | undefined {
  if (failure === undefined) return undefined;
  const name = formName(form);
  const ones = start === 'ones';
  switch (failure) {
    case 'nullSpace':
      return ones
        ? t(
            'Ones fail {0}: the entries of the weight cancel in every sum, so its product with a vector of ones is 0 and there is no direction to follow. A random start is as good as never in the null space.',
            name,
          )
        : t(
            'This start fails {0}: it lies in the null space of the weight, so its product is 0 and there is no direction to follow.',
            name,
          );
    case 'orthogonal':
      return ones
        ? t(
            'Ones fail {0}: they are orthogonal to the first singular vector, of which no product then has any part. The iteration finds a smaller singular value, until rounding gives it some of the first.',
            name,
          )
        : t(
            'This start fails {0}: it is orthogonal to the first singular vector, so the iteration finds a smaller singular value.',
            name,
          );
    case 'noStoredVector':
      return t('This file has no u for the layer, so {0} cannot start from it.', name);
  }
}

/** What the chart shows at an iteration, in a sentence. */
export function readingText(answer: IterationAnswer, form: IterationForm, at: number): string {
  const estimate = answer.estimates[at - 1];
  const error = (estimate - answer.exact) / answer.exact;
  const measured = t(
    '{0}: σ̂ = {1}, off by {2}',
    formName(form),
    formatReading(estimate, 6),
    percent(error),
  );
  if (!Number.isFinite(answer.startTangent)) return measured;
  const most = percent(predictedError(answer, form, at));
  return t('{0} (predicted at most {1})', measured, most);
}

/** Errors span many powers of ten: digits, not decimals, are what matters. */
function percent(share: number): string {
  return t('{0}\u00a0%', formatReading(100 * share, 3));
}

/** How quickly the iteration is expected to converge, in a sentence. */
export function rateText(answer: IterationAnswer, form: IterationForm): string {
  if (Number.isNaN(answer.startTangent)) {
    return t(
      'The largest singular value is repeated: any vector of its space will do, and the second one sets no pace.',
    );
  }
  const until = iterationsUntil(answer, form, GOOD);
  const ratio = formatReading(answer.ratio, 3);
  if (!Number.isFinite(until)) {
    return t('λ₂ / λ₁ is {0}; from this start no iteration is known to be enough.', ratio);
  }
  return until === 1
    ? t('λ₂ / λ₁ is {0}: from this start 1 iteration is sure to come within 1 %.', ratio)
    : t(
        'λ₂ / λ₁ is {0}: from this start {1} iterations are sure to come within 1 %.',
        ratio,
        formatCount(until),
      );
}
