import { commandId } from '../../contributions';
import type { RunAction } from '../../../shared/runActions';
import type { RunCommandParts, RunCommands } from './runCommands';

/** Commands that a trainer carries out. */
export function trainerCommands({
  chooser,
  supervisor,
}: RunCommandParts): Pick<
  RunCommands,
  | 'snGan.pause'
  | 'snGan.resume'
  | 'snGan.stop'
  | 'snGan.takeControl'
  | 'snGan.saveCheckpoint'
  | 'snGan.drawSamples'
> {
  const doing =
    (action: RunAction) =>
    async (argument: unknown, selected: unknown): Promise<void> => {
      for (const { folder } of await chooser.severalForAction(argument, selected, action)) {
        await supervisor.act(folder, action);
      }
    };
  return {
    [commandId.pause]: doing('pause'),
    [commandId.resume]: doing('resume'),
    [commandId.stop]: doing('stop'),
    [commandId.takeControl]: doing('takeControl'),
    [commandId.saveCheckpoint]: doing('checkpoint'),
    [commandId.drawSamples]: doing('sample'),
  };
}
