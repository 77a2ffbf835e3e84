import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { warningText } from '../../../src/shared/words/warningText';
import { Icon } from '../../ui/icon';
import { Link } from '../../ui/link';
import { files } from '../files';
import { showLayer } from '../layers/selection';
import { FileMark } from '../shell/fileMark';
import { setOpen, view } from '../viewState';
import { groupWarnings, type WarningGroup } from './groupWarnings';
import { verdictOf } from './bounds';

/** So many groups are shown at once, and so many layers of each. */
const GROUPS = 4;
const LAYERS = 4;

/** What a person should know of the layers, each with the way to its layer. */
export function Warnings(): JSX.Element | null {
  const groups = groupWarnings(files.value.map((file) => verdictOf(file)?.warnings ?? []));
  if (groups.length === 0) return null;
  const open = view.open.value['warnings'] ?? false;
  const shown = open ? groups : groups.slice(0, GROUPS);
  const folded = groups.length > GROUPS || groups.some(({ warnings }) => warnings.length > LAYERS);
  return (
    <div class="warnings">
      <ul aria-label={t('Warnings')}>
        {shown.map((group) => (
          <li key={`${group.file} ${group.kind} ${group.warnings[0].layer}`}>
            {files.value.length > 1 ? <FileMark index={group.file} /> : <Icon name="warning" />}
            <Words group={group} open={open} />
          </li>
        ))}
      </ul>
      {folded && (
        <Link onClick={() => setOpen('warnings', !open)}>{open ? t('Fewer') : t('All')}</Link>
      )}
    </div>
  );
}

/**
 * Where files are compared, what a warning means has to wait until one asks. Marks stand in the
 * links: after a link of two lines they would begin a third.
 */
function Words({ group, open }: { group: WarningGroup; open: boolean }): JSX.Element {
  const { warnings } = group;
  const texts = warnings.map((warning) => ({ ...warning, ...warningText(warning) }));
  const shown = open ? texts : texts.slice(0, LAYERS);
  const brief = files.value.length > 1;
  const whole = shown.length === texts.length;
  const end = whole && !brief ? '.' : '';
  const { detail } = texts[0];
  return (
    <span>
      {shown.map(({ layer, title }, i) => (
        <span key={layer}>
          {i > 0 && ' '}
          <Link onClick={() => showLayer(layer)} hint={brief ? detail : t('Show this layer')}>
            {title}
            {i < shown.length - 1 ? ';' : end}
          </Link>
        </span>
      ))}
      {!whole && (
        <>
          {' '}
          {t('and {0} more', texts.length - shown.length)}
          {!brief && '.'}
        </>
      )}
      {!brief && <span class="dim"> {detail}</span>}
    </span>
  );
}
