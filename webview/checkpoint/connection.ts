import { unpackNumbers } from '../../src/shared/carriedNumbers';
import type {
  CheckpointPageState,
  FromCheckpointPage,
  ToCheckpointPage,
} from '../../src/shared/checkpointPage';
import { connect } from '../host/connection';

/** The line of the page of weight files to the extension. */
export const { send, keptState, keepState, listen, reportDefects } = connect<
  FromCheckpointPage,
  ToCheckpointPage,
  CheckpointPageState
>(unpackNumbers);
