import type { DashboardState, FromDashboard, ToDashboard } from '../../src/shared/dashboard';
import { connect } from '../host/connection';

/** The dashboard's line to the extension. */
export const { send, keptState, keepState, listen, reportDefects } = connect<
  FromDashboard,
  ToDashboard,
  DashboardState
>();
