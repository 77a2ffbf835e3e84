import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { verdictText } from '../../../src/shared/words/verdictText';
import { Disclosure } from '../../ui/disclosure';
import { Dropdown } from '../../ui/dropdown';
import { Icon } from '../../ui/icon';
import { fileNames } from '../figures/names';
import { files, type ShownFile } from '../files';
import { FileName } from '../shell/fileMark';
import { setOpen, view } from '../viewState';
import { Bounds, verdictOf } from './bounds';
import { gradientsOf } from './gradients';
import { networkName, shownNetwork } from './networks';
import { signOf } from './sign';
import './verdict.css';
import { Warnings } from './warnings';

/** Whether the network is 1-Lipschitz by construction, its bounds, and what to beware of. */
export function Verdicts(): JSX.Element | null {
  const [primary] = files.value;
  const networks = primary.listing.value?.networks ?? [];
  const shown = shownNetwork(primary);
  if (!shown) return null;
  const several = files.value.length > 1;
  const names = fileNames(files.value);
  return (
    <section class="verdicts" aria-label={t('Verdict')}>
      <div class="verdict-line">
        {networks.length > 1 && (
          <Dropdown
            label={t('Network')}
            value={shown.name}
            options={networks.map((network) => ({
              value: network.name,
              label: networkName(network),
            }))}
            onChange={(name) => {
              view.network.value = name;
              view.layers.value = [];
            }}
          />
        )}
        {!several && (
          <div class="verdict-sentences">
            <Sentence file={primary} />
          </div>
        )}
      </div>
      <Bounds />
      {several && (
        <Disclosure
          title={t('In Words')}
          open={view.open.value['words'] ?? false}
          onToggle={(open) => setOpen('words', open)}
        >
          <div class="verdict-sentences several">
            {files.value.map((file, i) => (
              <Sentence key={file.file} file={file}>
                <FileName name={names[i]} index={i} />
              </Sentence>
            ))}
          </div>
        </Disclosure>
      )}
      <Warnings />
    </section>
  );
}

function Sentence(props: { file: ShownFile; children?: JSX.Element }): JSX.Element | null {
  const { file, children } = props;
  const listing = file.listing.value;
  if (!listing) return null;
  const computed = verdictOf(file);
  const lower = gradientsOf(file, computed);
  const verdict = computed && { ...computed, ...(lower && { lower }) };
  const works = !file.state.value || file.state.value.kind === 'working';
  if (!verdict) {
    const without = shownNetwork(file)
      ? t('Whether it is 1-Lipschitz is told when its layers are computed.')
      : t('It has no such network.');
    return (
      <div class="verdict">
        {children}
        <p class="dim">{without}</p>
      </div>
    );
  }
  const { icon, kind } = signOf(verdict, works);
  return (
    <div class={`verdict verdict-${kind}`}>
      {children}
      <p>
        <Icon name={icon} />
        <span>{verdictText(verdict, listing)}</span>
      </p>
    </div>
  );
}
