import { t } from '@vscode/l10n';
import { formatDuration } from '../../cli/duration';
import { remainingSeconds } from '../../shared/remaining';
import type { RunIdentity, RunStatus } from '../../shared/runFolder';
import type { ListedRun } from '../runs/listedRun';

/** What a run shows itself as: its status, and apart from that whether its trainer gets ready. */
export type RunFace = RunStatus | 'starting';

/** The face of a run. */
export function faceOf({ status, identity }: ListedRun): RunFace {
  return status === 'running' && identity.state === 'starting' ? 'starting' : status;
}

/** The face in words, which stand where an icon alone would not be seen. */
export function faceWord(run: ListedRun): string {
  const face = faceOf(run);
  switch (face) {
    case 'starting':
      return t('Starting');
    case 'running':
      return t('Running');
    case 'paused':
      return t('Paused');
    case 'finished':
      return t('Finished');
    case 'stopped':
      return t('Stopped');
    case 'failed':
      return t('Failed');
    case 'dead':
      return t('Dead');
    case 'elsewhere':
      return t('Running on {0}', run.identity.trainer?.host ?? t('another machine'));
  }
}

/** Writes numbers and quantities of runs in the person's language. */
export class RunText {
  // Made when they are first needed: the first one of a process costs more than all the rest of
  // what happens when the extension starts.
  private readonly formats = new Map<string, Intl.NumberFormat>();
  private dateFormat: Intl.DateTimeFormat | undefined;

  /** @param language BCP 47, as VS Code gives it */
  constructor(private readonly language: string) {}

  private get whole(): Intl.NumberFormat {
    return this.digits(0);
  }

  private get tenths(): Intl.NumberFormat {
    return this.digits(1);
  }

  private get hundredths(): Intl.NumberFormat {
    return this.digits(2);
  }

  private get percent(): Intl.NumberFormat {
    return this.format('percent', { style: 'percent' });
  }

  private get dateAndTime(): Intl.DateTimeFormat {
    return (this.dateFormat ??= new Intl.DateTimeFormat(this.language, {
      dateStyle: 'medium',
      timeStyle: 'short',
    }));
  }

  private digits(count: number): Intl.NumberFormat {
    return this.format(String(count), {
      minimumFractionDigits: count,
      maximumFractionDigits: count,
    });
  }

  private format(name: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
    const made = this.formats.get(name) ?? new Intl.NumberFormat(this.language, options);
    this.formats.set(name, made);
    return made;
  }

  /** `1,200` */
  count(value: number): string {
    return this.whole.format(value);
  }

  /** `1,200 / 20,000` */
  steps({ step, total }: RunIdentity['progress']): string {
    return `${this.whole.format(step)} / ${this.whole.format(total)}`;
  }

  /** `6%`; never 100% before the last step. */
  share({ step, total }: RunIdentity['progress']): string {
    return this.percent.format(Math.min(Math.floor((100 * step) / total), 100) / 100);
  }

  /** `96 img/s`, `4.2 img/s`; undefined where nothing was measured yet. */
  speed({ imagesPerSecond }: RunIdentity['progress']): string | undefined {
    if (!(imagesPerSecond > 0)) return undefined;
    const format = imagesPerSecond < 10 ? this.tenths : this.whole;
    return t('{0} img/s', format.format(imagesPerSecond));
  }

  /** `D 1.31 G 0.42`; undefined before the first logged step. */
  losses({ lossD, lossG }: RunIdentity['progress']): string | undefined {
    if (lossD === undefined || lossG === undefined) return undefined;
    return `D ${this.hundredths.format(lossD)} G ${this.hundredths.format(lossG)}`;
  }

  /** `2h 05m`, of a run that trains; undefined where that cannot be known. */
  remaining(progress: RunIdentity['progress']): string | undefined {
    const seconds = remainingSeconds(progress);
    return seconds === undefined ? undefined : formatDuration(seconds);
  }

  /** `14 Mar 2026, 10:00`; the text itself where it is no date. */
  date(iso: string): string {
    const time = Date.parse(iso);
    return Number.isNaN(time) ? iso : this.dateAndTime.format(time);
  }

  /** `1.2 MB` */
  size(bytes: number): string {
    const units = ['B', 'kB', 'MB', 'GB', 'TB'];
    let unit = 0;
    let value = bytes;
    for (; value >= 999.5 && unit < units.length - 1; unit++) value /= 1000;
    const format = unit === 0 || value >= 99.95 ? this.whole : this.tenths;
    return `${format.format(value)} ${units[unit]}`;
  }

  /** The short text beside a run's name. */
  description(run: ListedRun): string {
    const { progress } = run.identity;
    const face = faceOf(run);
    const isFirst = face === 'starting' && progress.step === 0;
    const steps =
      face === 'finished' ? t('{0} steps', this.count(progress.step)) : this.steps(progress);
    const parts = [
      face === 'starting' ? t('starting…') : undefined,
      face === 'elsewhere' ? t('on {0}', run.identity.trainer?.host ?? '?') : undefined,
      isFirst ? undefined : steps,
      face === 'running' || face === 'elsewhere' ? this.speed(progress) : undefined,
      this.losses(progress),
    ];
    const text = parts.filter((part) => part !== undefined).join(' · ');
    return run.annotations.starred ? `★ ${text}` : text;
  }

  /** What a screen reader says of a run. */
  label(run: ListedRun, name: string): string {
    const { progress } = run.identity;
    const parts = [
      name,
      faceWord(run),
      run.annotations.starred ? t('starred') : undefined,
      t('step {0} of {1}', this.count(progress.step), this.count(progress.total)),
      faceOf(run) === 'running' ? this.speed(progress) : undefined,
      this.losses(progress),
    ];
    return parts.filter((part) => part !== undefined).join(', ');
  }
}
