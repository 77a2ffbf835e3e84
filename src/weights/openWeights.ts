import path from 'node:path';
import { NPY_MARK } from '../data/sources/npyHeader';
import { UserError } from '../shared/userError';
import { FileBytes } from './fileBytes';
import { npyWeights } from './npy/npyWeights';
import { OpenWeightFile, type StoredWeights } from './openWeightFile';
import { safetensorsWeights } from './safetensorsWeights';
import { tfjsWeights } from './tfjs/tfjsWeights';
import type { WeightFile } from './weightFile';
import { zipWeights } from './zip/zipWeights';

/**
 * Opens anybody's file of weights: what it is, is told by its contents and not by its name. Reads
 * the header alone, and executes nothing, whatever the file says.
 *
 * @throws UserError for a file that cannot be read, is of no format that we know, or is damaged
 */
export async function openWeights(file: string): Promise<WeightFile> {
  const bytes = await FileBytes.open(path.resolve(file));
  try {
    return new OpenWeightFile(await storedWeights(bytes));
  } catch (thrown) {
    await bytes.close();
    throw thrown;
  }
}

async function storedWeights(bytes: FileBytes): Promise<StoredWeights> {
  const start = (await bytes.read(0, Math.min(bytes.size, START_BYTES))).toString('latin1');
  if (start.startsWith(NPY_MARK)) return npyWeights(bytes);
  if (start.startsWith('PK')) return zipWeights(bytes);
  if (isJson(start)) return tfjsWeights(bytes);
  // Eight bytes say how long the header is, and it is a JSON object.
  if (start[8] === '{' || bytes.file.endsWith('.safetensors')) return safetensorsWeights(bytes);
  throw unknownFormat(bytes.file, start);
}

const START_BYTES = 16;

/** A length of eight bytes may begin like JSON, but would then end with zeros. */
function isJson(start: string): boolean {
  return /^(\xef\xbb\xbf)?\s*\{/.test(start) && !start.slice(0, 8).includes('\0');
}

/** How files begin that people try, and what to do with them. */
const otherFormats: readonly { readonly mark: string; readonly what: string }[] = [
  { mark: '\x89HDF', what: 'a HDF5 file (Keras): convert it to safetensors or TensorFlow.js' },
  { mark: 'GGUF', what: 'a GGUF file: open the safetensors file that it was made of' },
  {
    mark: '\x80\x02\x8a\x0a\x6c\xfc\x9c\x46',
    what: 'a checkpoint of PyTorch before 1.6: load it and save it again with a current PyTorch',
  },
  {
    mark: '\x80',
    what: 'a Python pickle, which can run code when it is loaded: save its arrays with numpy.savez or torch.save',
  },
  { mark: '\x1f\x8b', what: 'compressed with gzip: unpack it first' },
];

function unknownFormat(file: string, start: string): UserError {
  const other = otherFormats.find(({ mark }) => start.startsWith(mark));
  if (other !== undefined) return new UserError(`${file} is ${other.what}.`);
  const what = start === '' ? 'is empty' : 'is of no format that is known here';
  return new UserError(
    `${file} ${what}. Open a .safetensors, a .pt of PyTorch, a .npz or .npy of NumPy, or the model.json of TensorFlow.js.`,
  );
}
