import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { LayerListing } from '../../../src/shared/inspection';
import { iterationForms, type IterationForm } from '../../../src/shared/inspectionQuestions';
import { Plot } from '../../figures/plot/plot';
import { StepScrubber } from '../../figures/stepScrubber';
import { formatCount } from '../../ui/format';
import { Message } from '../../ui/message';
import { chosenLayers, shortName } from '../figures/chosen';
import { fileNames } from '../figures/names';
import { figureSaving } from '../figures/saving';
import { NoFigure, Refused, Waiting } from '../figures/states';
import { useAnswers } from '../figures/useAnswers';
import { files, type ShownFile } from '../files';
import { view } from '../viewState';
import { Formulas } from './formulas';
import { IterationChoices } from './iterationChoices';
import { iterationSpec, type Answers } from './iterationSpec';
import { failureText, rateText, readingText } from './iterationWords';

const HEIGHT = 320;

/** Power iteration on the chosen layer, in both of its forms, watched step by step. */
export function IterationPanel(): JSX.Element {
  const [primary] = files.value as readonly (ShownFile | undefined)[];
  const layer = chosenLayers.value.at(0);
  return (
    <div class="figure-panel">
      {primary && layer ? (
        <>
          <IterationChoices />
          <LayerIteration key={`${primary.file} ${layer.name}`} file={primary} layer={layer} />
          <Formulas />
        </>
      ) : (
        <NoFigure>
          {primary?.listing.value
            ? t('This file has no layer to iterate on.')
            : t('The iteration can start as soon as the file has been read.')}
        </NoFigure>
      )}
    </div>
  );
}

interface LayerIterationProps {
  readonly file: ShownFile;
  readonly layer: LayerListing;
}

function LayerIteration({ file, layer }: LayerIterationProps): JSX.Element {
  const { start, seed, iterations, error } = view.preferences.value.iteration;
  const [at, setAt] = useState(1);
  const asked = useAnswers(
    iterationForms.map((form) => ({
      file,
      question: {
        kind: 'powerIteration' as const,
        layer: layer.name,
        form,
        start,
        // Of the other starts the seed means nothing: their answers are the same for all.
        seed: start === 'random' ? seed : 0,
        iterations,
      },
    })),
  );
  const [gram, alternating] = asked.map((one) => one?.parts.value.at(0));
  const answers = useMemo<Answers>(
    () => ({ ...(gram && { gram }), ...(alternating && { alternating }) }),
    [gram, alternating],
  );
  const shown = Math.min(at, iterations);
  const name = shortName(layer);
  const spec = useMemo(
    () => iterationSpec(name, answers, shown, error),
    [name, answers, shown, error],
  );
  const refused = asked.find((one) => one?.state.value === 'refused');
  if (refused) return <Refused why={refused.why.value} />;
  if (!gram && !alternating) return <Waiting>{t('Iterating …')}</Waiting>;
  return (
    <>
      <Verdicts answers={answers} />
      {spec.curves.length > 0 && (
        <>
          <StepScrubber
            label={t('Iteration')}
            count={iterations}
            index={shown - 1}
            textOf={(i) => t('iteration {0} of {1}', ...[i + 1, iterations].map(formatCount))}
            onGo={(i) => setAt(i + 1)}
          />
          <ul class="iteration-readings">
            {known(answers).map(([form, answer]) =>
              answer.estimates.length > 0 ? (
                <li key={form}>{readingText(answer, form, shown)}</li>
              ) : null,
            )}
          </ul>
          <Plot
            key={String(error)}
            spec={spec}
            height={HEIGHT}
            words={[...fileNames([file]), name, t('power iteration')]}
            exporting={figureSaving()}
            onPick={setAt}
          />
        </>
      )}
    </>
  );
}

/** What fails, and how quickly the rest converges. */
function Verdicts({ answers }: { readonly answers: Answers }): JSX.Element {
  const { start } = view.preferences.value.iteration;
  const failures = known(answers).flatMap(([form, answer]) => {
    const text = failureText(answer, form, start);
    return text === undefined ? [] : [text];
  });
  const paced = known(answers).find(
    ([, { failure, estimates }]) => !failure && estimates.length > 0,
  );
  return (
    <div role="status">
      {failures.map((text) => (
        <Message key={text} severity="warning">
          {text}
        </Message>
      ))}
      {paced && <p>{rateText(paced[1], paced[0])}</p>}
    </div>
  );
}

function known(answers: Answers): [IterationForm, NonNullable<Answers[IterationForm]>][] {
  const forms: readonly IterationForm[] = ['alternating', 'gram'];
  return forms.flatMap((form) => {
    const answer = answers[form];
    return answer ? [[form, answer]] : [];
  });
}
