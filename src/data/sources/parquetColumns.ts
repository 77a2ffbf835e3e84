import { parquetSchema, type FileMetaData, type SchemaTree } from 'hyparquet';
import { z } from 'zod';
import { UserError } from '../../shared/userError';

/** Which columns of a Parquet file are images and labels. */
export interface ImageColumns {
  readonly image: string;
  readonly label: string | undefined;
  /** The class name of a cell of the label column. */
  readonly classOf: (cell: unknown) => string;
}

/** What the `datasets` library writes into a file about its columns. */
const featureSchema = z.object({
  _type: z.string().optional(),
  names: z.array(z.string()).optional(),
});
const hintsSchema = z.object({ info: z.object({ features: z.record(z.string(), z.unknown()) }) });
type Feature = z.infer<typeof featureSchema>;

/**
 * Finds the image column (declared as Image, else of the form { bytes, path }, else the first of
 * plain bytes) and the label column (declared as ClassLabel, else an integer of a usual name).
 *
 * @throws UserError when there are no images
 */
export function imageColumns(metadata: FileMetaData, name: string): ImageColumns {
  const columns = parquetSchema(metadata).children;
  const features = declaredFeatures(metadata);
  const declared = (type: string): SchemaTree | undefined =>
    columns.find((column) => features.get(column.element.name)?._type === type);
  const image =
    declared('Image') ?? columns.find(hasBytes) ?? columns.find((column) => isPlainBytes(column));
  if (image === undefined) {
    const names = columns.map((column) => column.element.name);
    throw new UserError(
      `"${name}" has no column of images (columns: ${names.join(', ')}): expected one of bytes, or of { bytes, path }.`,
    );
  }
  const label =
    declared('ClassLabel') ??
    columns.find(({ element }) => element.type?.startsWith('INT') && isLabelName(element.name));
  const names = label === undefined ? undefined : features.get(label.element.name)?.names;
  return {
    image: image.element.name,
    label: label?.element.name,
    classOf: (cell) => className(cell, names),
  };
}

function className(cell: unknown, names: readonly string[] | undefined): string {
  // A missing label, and -1, which stands for one in test sets.
  if (typeof cell !== 'bigint' && typeof cell !== 'number') return '(none)';
  return names?.[Number(cell)] ?? String(cell);
}

function isLabelName(name: string): boolean {
  return /^(fine_)?(label|labels|class|target|y)$/i.test(name);
}

function hasBytes(column: SchemaTree): boolean {
  return column.children.some(({ element }) => element.name === 'bytes');
}

/** Bytes without a logical type; text has one. */
function isPlainBytes({ element, children }: SchemaTree): boolean {
  return (
    children.length === 0 &&
    element.type === 'BYTE_ARRAY' &&
    element.converted_type === undefined &&
    element.logical_type === undefined
  );
}

function declaredFeatures(metadata: FileMetaData): Map<string, Feature> {
  const text = metadata.key_value_metadata?.find(({ key }) => key === 'huggingface')?.value;
  const hints = hintsSchema.safeParse(text === undefined ? undefined : parsedJson(text));
  // Hints are optional: a file without them, or with others, is told by its schema.
  if (!hints.success) return new Map();
  return new Map(
    Object.entries(hints.data.info.features).flatMap(([name, value]) => {
      const feature = featureSchema.safeParse(value);
      return feature.success ? [[name, feature.data] as const] : [];
    }),
  );
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
