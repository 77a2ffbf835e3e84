import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { Warning } from '../../../src/shared/inspection';
import { warningText } from '../../../src/shared/inspectionWords';
import { Icon } from '../../ui/icon';
import { Link } from '../../ui/link';
import { files } from '../files';
import { showLayer } from '../layers/selection';
import { FileMark } from '../shell/fileMark';
import { setOpen, view } from '../viewState';
import { verdictOf } from './bounds';

/** So many are shown at once. */
const SHOWN = 3;

/** What a person should know of the layers, each with the way to its layer. */
export function Warnings(): JSX.Element | null {
  const several = files.value.length > 1;
  const warnings = files.value.flatMap((file, index) =>
    (verdictOf(file)?.warnings ?? []).map((warning) => ({ file: file.file, index, warning })),
  );
  if (warnings.length === 0) return null;
  const open = view.open.value['warnings'] ?? false;
  const shown = open ? warnings : warnings.slice(0, SHOWN);
  return (
    <div class="warnings">
      <ul aria-label={t('Warnings')}>
        {shown.map(({ file, index, warning }) => (
          <li key={`${file} ${warning.kind} ${warning.layer}`}>
            {several ? <FileMark index={index} /> : <Icon name="warning" />}
            <WarningWords warning={warning} brief={several} />
          </li>
        ))}
      </ul>
      {warnings.length > SHOWN && (
        <Link onClick={() => setOpen('warnings', !open)}>
          {open ? t('Fewer') : t('{0} more', warnings.length - SHOWN)}
        </Link>
      )}
    </div>
  );
}

/** Where files are compared, what a warning means has to wait until one asks. */
function WarningWords(props: { warning: Warning; brief: boolean }): JSX.Element {
  const { warning, brief } = props;
  const { title, detail } = warningText(warning);
  return (
    <span>
      <Link onClick={() => showLayer(warning.layer)} hint={brief ? detail : t('Show this layer')}>
        {title}
      </Link>
      {!brief && (
        <>
          {'. '}
          <span class="dim">{detail}</span>
        </>
      )}
    </span>
  );
}
