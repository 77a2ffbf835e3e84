import { t } from '@vscode/l10n';
import type { ComponentChildren, JSX } from 'preact';
import { tooltip } from '../../ui/tooltip';
import { remainingSeconds } from '../../../src/shared/remaining';
import type { RunColumns } from '../columns';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatShare,
  formatSpeed,
} from '../../ui/format';
import type { ShownRun } from '../runs';
import { trainingSeconds } from './duration';

/** How far, how fast, on what: the numbers of a run in one line. */
export function Facts({ run }: { readonly run: ShownRun }): JSX.Element {
  // Training time and memory are in the rows.
  void run.revision.value;
  const { status, identity, config } = run.view.value;
  const { step, total, imagesPerSecond } = identity.progress;
  const trains = status === 'running' || status === 'elsewhere';
  const imagesPerStep = config && config.nDis * config.batch.discriminator;
  const remaining = trains ? remainingSeconds(identity.progress, imagesPerStep) : undefined;
  const elapsed = trainingSeconds(run.columns);
  const { runtime } = identity;
  return (
    <dl class="facts">
      <Fact name={t('Step')}>
        {t('{0} of {1}', formatCount(step), formatCount(total))}
        <span class="dim"> ({formatShare(total > 0 ? step / total : 0)})</span>
      </Fact>
      {remaining !== undefined && <Fact name={t('Remaining')}>{formatDuration(remaining)}</Fact>}
      {elapsed > 0 && <Fact name={t('Trained for')}>{formatDuration(elapsed)}</Fact>}
      {imagesPerSecond > 0 && (
        <Fact name={trains ? t('Speed') : t('Last speed')}>
          {t('{0} images/s', formatSpeed(imagesPerSecond))}
        </Fact>
      )}
      {runtime ? (
        <Fact
          name={t('Runtime')}
          hint={
            t('{0} {1} on {2}', runtime.name, runtime.version, runtime.device) +
            `\n${runtime.reason}`
          }
        >
          {config?.precision === 'bf16' ? `${runtime.name} (bf16)` : runtime.name}, {runtime.device}
        </Fact>
      ) : (
        config && <Fact name={t('Runtime')}>{config.runtime}</Fact>
      )}
      <Memory columns={run.columns} />
    </dl>
  );
}

function Memory({ columns }: { columns: RunColumns }): JSX.Element | null {
  const process = lastValue(columns, 'memory/rss');
  const tensors = lastValue(columns, 'memory/tensorBytes');
  if (process === undefined) return null;
  return (
    <Fact name={t('Memory')} hint={t('Of the trainer’s process, and of the tensors in it')}>
      {formatBytes(process)}
      {tensors !== undefined && (
        <span class="dim"> ({t('{0} of tensors', formatBytes(tensors))})</span>
      )}
    </Fact>
  );
}

interface FactProps {
  readonly name: string;
  readonly hint?: string;
  readonly children: ComponentChildren;
}

function Fact({ name, hint, children }: FactProps): JSX.Element {
  return (
    <div class="fact">
      <dt>{name}</dt>
      {hint === undefined ? (
        <dd>{children}</dd>
      ) : (
        <dd tabIndex={0} class="hinted" {...tooltip(hint)}>
          {children}
        </dd>
      )}
    </div>
  );
}

/** The newest value of a tag; not every row has one. */
function lastValue(columns: RunColumns, tag: string): number | undefined {
  return columns.values(tag)?.findLast((value) => !Number.isNaN(value));
}
