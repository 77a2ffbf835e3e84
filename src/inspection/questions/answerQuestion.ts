import type { Corrections } from '../../shared/inspection';
import type { WeightAnswer, WeightQuestion } from '../../shared/inspectionQuestions';
import { UserError } from '../../shared/userError';
import { circularSpectrum } from '../../spectral/circularSpectrum';
import type { WeightFile } from '../../weights/weightFile';
import { listFile } from '../listing/listFile';
import { convolutionOf } from '../numbers/convolutionOf';
import { answerDrift } from './answerDrift';
import { answerHistory } from './answerHistory';
import { answerPowerIteration } from './answerPowerIteration';
import { type ReadLayer, readLayer } from './layerOfFile';

/**
 * Answers a question about the weights of a file.
 *
 * @param tell told the parts of the answer, and whether a part is the last
 * @param check called about every 20 ms while something takes long; may throw to end the work
 * @throws UserError where there is no answer
 */
export async function answerQuestion(
  weights: WeightFile,
  question: WeightQuestion,
  corrections: Corrections,
  tell: (answer: WeightAnswer, last: boolean) => void,
  check?: () => void,
): Promise<void> {
  switch (question.kind) {
    case 'powerIteration': {
      const read = await readLayer(weights, question.layer, corrections);
      tell(await answerPowerIteration(weights, read, question, check), true);
      return;
    }
    case 'circularSpectrum':
      tell(circularAnswer(await readLayer(weights, question.layer, corrections), check), true);
      return;
    case 'kernels': {
      const { layer, values } = await readLayer(weights, question.layer, corrections);
      tell({ kind: 'kernels', shape: layer.shape, values: Float32Array.from(values) }, true);
      return;
    }
    case 'drift': {
      const listing = await listFile(weights, corrections);
      await answerDrift(listing, question.layer, corrections, tell, check);
      return;
    }
    case 'history':
      tell(await answerHistory(await listFile(weights, corrections)), true);
      return;
  }
}

function circularAnswer({ layer, values }: ReadLayer, check?: () => void): WeightAnswer {
  const convolution = convolutionOf(layer, values);
  if (!convolution) {
    throw new UserError(`${layer.name} is no convolution, so it has no circular spectrum.`);
  }
  if (layer.flaw !== undefined) throw new UserError(layer.flaw);
  const [height, width] = layer.geometry.inputSize;
  return {
    kind: 'circularSpectrum',
    values: circularSpectrum(convolution, [height, width], check),
    gridSize: [height, width],
  };
}
