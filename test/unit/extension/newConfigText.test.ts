import { describe, expect, it } from 'vitest';
import { parseConfigText } from '../../../src/cli/configText';
import { newConfigText } from '../../../src/extension/config/newConfigText';
import { presets, resolveConfig } from '../../../src/gan/presets';
import { configFileSchema, type PresetName } from '../../../src/shared/config';

describe('a new config file', () => {
  it.each(Object.keys(presets) as PresetName[])(
    'for preset %s is valid and changes nothing',
    (preset) => {
      const { value, problems } = parseConfigText(newConfigText(preset), 'new');
      expect(problems).toEqual([]);
      const file = configFileSchema.parse(value);
      const { name: _name, ...rest } = resolveConfig(file);
      expect(rest).toEqual({ ...resolveConfig({ preset }), name: undefined });
    },
  );

  it('explains every line', () => {
    const lines = newConfigText('C').trim().split('\n').slice(1, -1);
    const keys = lines.filter((line) => line.trim().startsWith('"'));
    const comments = lines.filter((line) => line.trim().startsWith('// '));
    expect(keys.length).toBeGreaterThan(3);
    expect(comments).toHaveLength(keys.length + 1);
  });
});
