/**
 * The names that the manifest and the code share. A test holds that package.json has exactly these,
 * so a command that nobody registers, or a menu of a command that is gone, cannot be shipped.
 */

/** Every command of the palette and of menus. */
export const commandId = {
  train: 'snGan.train',
  trainConfig: 'snGan.trainConfig',
  newConfig: 'snGan.newConfig',
  pause: 'snGan.pause',
  resume: 'snGan.resume',
  stop: 'snGan.stop',
  takeControl: 'snGan.takeControl',
  saveCheckpoint: 'snGan.saveCheckpoint',
  drawSamples: 'snGan.drawSamples',
  openDashboard: 'snGan.openDashboard',
  compareRuns: 'snGan.compareRuns',
  inspectCheckpoint: 'snGan.inspectCheckpoint',
  compareSpectra: 'snGan.compareSpectra',
  installRuntime: 'snGan.installRuntime',
  showRuntime: 'snGan.showRuntime',
  openTensorBoard: 'snGan.openTensorBoard',
  revealRunFolder: 'snGan.revealRunFolder',
  exportRun: 'snGan.exportRun',
  openRunConfig: 'snGan.openRunConfig',
  openRunLog: 'snGan.openRunLog',
  showLog: 'snGan.showLog',
  refreshRuns: 'snGan.refreshRuns',
  groupByDate: 'snGan.groupByDate',
  groupByConfig: 'snGan.groupByConfig',
  renameRun: 'snGan.renameRun',
  starRun: 'snGan.starRun',
  unstarRun: 'snGan.unstarRun',
  noteRun: 'snGan.noteRun',
  duplicateConfig: 'snGan.duplicateConfig',
  resumeFromCheckpoint: 'snGan.resumeFromCheckpoint',
  deleteRuns: 'snGan.deleteRuns',
  copyRunPath: 'snGan.copyRunPath',
} as const;
export type CommandId = (typeof commandId)[keyof typeof commandId];

/** Commands that only our own views call; in a manifest, people would be offered them. */
export const innerCommandId = {
  /** Opens what is selected in the view of runs. */
  openSelected: 'snGan.openSelected',
} as const;

/** What an untrusted workspace may not do: start programs and steer trainers. */
export const needsTrust: readonly CommandId[] = [
  commandId.train,
  commandId.trainConfig,
  commandId.pause,
  commandId.resume,
  commandId.stop,
  commandId.takeControl,
  commandId.saveCheckpoint,
  commandId.drawSamples,
  commandId.installRuntime,
  commandId.openTensorBoard,
  commandId.resumeFromCheckpoint,
];

/** Ids of views, panels and the walkthrough. */
export const viewId = {
  container: 'snGan',
  runs: 'snGan.runs',
  dashboard: 'snGan.dashboard',
  walkthrough: 'snGan.start',
} as const;

/** Ids of editors; one id has one priority. */
export const editorId = {
  /** Of files that hold weights and nothing else: opens them by itself. */
  checkpoint: 'snGan.checkpoint',
  /** Of files that may be something else: opens them when asked to. */
  weights: 'snGan.weights',
} as const;

/** Keys of settings below `snGan`. */
export const settingKey = {
  runsFolder: 'runsFolder',
  runtime: 'runtime',
  nodePath: 'nodePath',
  whenWindowCloses: 'whenWindowCloses',
  keepCheckpoints: 'keepCheckpoints',
  logEvery: 'logEvery',
} as const;

/** Context keys that `when` clauses use. */
export const contextKey = {
  /** Whether any run is known. */
  hasRuns: 'snGan.hasRuns',
  /** Whether there are two runs at least. */
  canCompare: 'snGan.canCompare',
  /** Whether some run can be paused, resumed and so on: see `actionsOf`. */
  canPause: 'snGan.canPause',
  canResume: 'snGan.canResume',
  canStop: 'snGan.canStop',
  canTakeControl: 'snGan.canTakeControl',
  /** Whether some run has a checkpoint or may have one. */
  hasCheckpoints: 'snGan.hasCheckpoints',
  /** Whether TensorBoard is installed. */
  canOpenTensorBoard: 'snGan.canOpenTensorBoard',
  /** What the runs view is grouped by: `date` or `config`. */
  groupedBy: 'snGan.groupedBy',
} as const;
export type ContextKey = (typeof contextKey)[keyof typeof contextKey];
