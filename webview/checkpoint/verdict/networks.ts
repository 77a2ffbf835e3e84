import { t } from '@vscode/l10n';
import type { NetworkListing } from '../../../src/shared/inspection';
import { networkOf } from '../figures/chosen';
import { files, type ShownFile } from '../files';
import { view } from '../viewState';

/** The network that is shown of a file: of the primary the chosen one, of others its counterpart. */
export function shownNetwork(file: ShownFile): NetworkListing | undefined {
  const listing = file.listing.value;
  const [primary] = files.value;
  if (!listing) return undefined;
  const chosen = primary.listing.value && networkOf(primary.listing.value, view.network.value);
  if (file === primary || !chosen) return networkOf(listing, view.network.value);
  return (
    listing.networks.find(({ name, role }) => name === chosen.name && role === chosen.role) ??
    listing.networks.find(({ role }) => role === chosen.role) ??
    // Where nothing says what a file holds, its first network is as good as any.
    (chosen.role === 'generator'
      ? undefined
      : listing.networks.find(({ role }) => role === 'unknown'))
  );
}

/** `d (discriminator)` */
export function networkName({ name, role }: NetworkListing): string {
  const roles = {
    discriminator: t('discriminator'),
    generator: t('generator'),
    unknown: t('network'),
  };
  if (name === '') return roles[role];
  return role === 'unknown' ? name : t('{0} ({1})', name, roles[role]);
}
