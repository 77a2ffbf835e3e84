/** The leaves of nested settings by their paths: `optimizer.learningRate`. Lists are leaves. */
export function flattenSettings(
  value: unknown,
  prefix = '',
  into = new Map<string, string>(),
): Map<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    if (prefix !== '') into.set(prefix, typeof value === 'string' ? value : JSON.stringify(value));
    return into;
  }
  for (const [key, inner] of Object.entries(value)) {
    flattenSettings(inner, prefix === '' ? key : `${prefix}.${key}`, into);
  }
  return into;
}
