import type { JSX } from 'preact';
import type { RunView } from '../../../src/shared/dashboard';
import { Icon } from '../../ui/icon';
import { whyOtherLatents } from './sameLatents';

/** Warns where the same place in two grids does not mean the same latent. */
export function LatentsNote(props: { main: RunView; other: RunView }): JSX.Element | null {
  const { main, other } = props;
  const why = main.key === other.key ? undefined : whyOtherLatents(main.config, other.config);
  if (why === undefined) return null;
  return (
    <p class="samples-note">
      <Icon name="info" />
      {why}
    </p>
  );
}
