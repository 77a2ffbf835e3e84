/** The leaves of nested settings by their paths: `optimizer.learningRate`. */
export function flatten(
  value: unknown,
  prefix = '',
  into = new Map<string, string>(),
): Map<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    if (prefix !== '') into.set(prefix, typeof value === 'string' ? value : JSON.stringify(value));
    return into;
  }
  for (const [key, inner] of Object.entries(value)) {
    flatten(inner, prefix === '' ? key : `${prefix}.${key}`, into);
  }
  return into;
}
