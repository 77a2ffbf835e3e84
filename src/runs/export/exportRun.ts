import { replaceContents, replaceFile } from '../atomicFile';
import { sampleFile } from '../checkpoints';
import { clearLeftovers } from './clearLeftovers';
import { writeApng } from './exportApng';
import { writeGif } from './exportGif';
import type { Exported, ExportRequest, ExportWatch } from './exportRequest';
import { exportScalars } from './exportScalars';
import { gridFrames, readGrid } from './gridFrames';

/**
 * Takes something out of a run as a file, which appears when it is complete.
 *
 * @throws UserError where the run has nothing of the kind, or the file system refuses
 * @throws what the watch's signal was aborted with; no file is left or changed then
 */
export async function exportRun(request: ExportRequest, watch: ExportWatch): Promise<Exported> {
  await clearLeftovers(request.target);
  switch (request.kind) {
    case 'scalars':
      return exportScalars(request, watch);
    case 'animation':
      return exportAnimation(request, watch);
    case 'grid':
      await replaceContents(
        request.target,
        await readGrid(sampleFile(request.folder, request.step)),
      );
      return { leftOut: [] };
  }
}

async function exportAnimation(
  { folder, format, target }: Extract<ExportRequest, { kind: 'animation' }>,
  watch: ExportWatch,
): Promise<Exported> {
  const frames = await gridFrames(folder);
  const write = format === 'gif' ? writeGif : writeApng;
  const leftOut = [...frames.leftOut];
  await replaceFile(target, async (handle) => {
    leftOut.push(...(await write(handle, frames, watch)));
  });
  return { leftOut };
}
