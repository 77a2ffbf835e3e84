import * as vscode from 'vscode';
import { listSamples } from '../../runs/checkpoints';

/** Pixels; a square of this size is seen without scrolling in the tooltip. */
const WIDTH = 180;

/** Address of the newest sample grid of a run for an image in Markdown; undefined: there is none. */
export async function newestGrid(folder: string): Promise<string | undefined> {
  try {
    const newest = (await listSamples(folder)).at(-1);
    return newest && `${vscode.Uri.file(newest.file).toString()}|width=${WIDTH}`;
  } catch {
    return undefined;
  }
}
