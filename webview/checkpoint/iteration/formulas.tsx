import { t } from '@vscode/l10n';
import type { JSX } from 'preact';

/** What is iterated, and what theory says of it, in the letters of the paper. */
export function Formulas(): JSX.Element {
  return (
    <dl class="formulas">
      <dt>{t('u and v in turn')}</dt>
      <dd>
        <span class="formula">
          v ← W<sup>T</sup>u / ‖W<sup>T</sup>u‖, u ← Wv / ‖Wv‖, σ̂ = u<sup>T</sup>Wv
        </span>
      </dd>
      <dt>{t('with WᵀW')}</dt>
      <dd>
        <span class="formula">
          v ← W<sup>T</sup>Wv / ‖W<sup>T</sup>Wv‖, σ̂ = ‖Wv‖
        </span>
      </dd>
      <dt>{t('predicted')}</dt>
      <dd>
        <span class="formula">
          tan θ<sub>t</sub> ≤ (λ<sub>2</sub> / λ<sub>1</sub>)<sup>t</sup> tan θ<sub>0</sub>
        </span>
        ,{' '}
        <span class="formula">
          (σ<sub>1</sub> − σ̂) / σ<sub>1</sub> ≤ 1 − cos θ<sub>t</sub>
        </span>{' '}
        {t('which falls like')}{' '}
        <span class="formula">
          (λ<sub>2</sub> / λ<sub>1</sub>)<sup>2t</sup>
        </span>
        {t(
          '. θ is the angle to the first singular vector and λ = σ². Both forms walk the same path: they differ only in where they start.',
        )}
      </dd>
    </dl>
  );
}
