/**
 * Variables that an editor sets for its own processes. `NODE_OPTIONS` may load a debugger into
 * every Node that is started below it, `VSCODE_*` and `ELECTRON_*` steer the editor itself.
 */
const ofTheEditor = /^(NODE_OPTIONS|ELECTRON_.*|VSCODE_.*)$/i;

/**
 * The environment for a trainer, or a probe, that an extension host starts: its own without what
 * an editor sets for itself. The trainer hands it on to every process that it starts.
 *
 * @param base environment of the process that starts it
 * @param electron whether the program that will run it is Electron, which is a Node only when it
 *   is told to be
 */
export function trainerEnvironment(base: NodeJS.ProcessEnv, electron: boolean): NodeJS.ProcessEnv {
  const kept = Object.entries(base).filter(([name]) => !ofTheEditor.test(name));
  return { ...Object.fromEntries(kept), ...(electron ? { ELECTRON_RUN_AS_NODE: '1' } : {}) };
}
