import { expect, test } from 'vitest';
import { classNames, load } from './support';

test('emoji-32 holds 2,788 pictures of seven categories on white', async () => {
  const set = await load('emoji-32');
  expect([set.name, set.kind, set.count]).toEqual(['emoji-32', 'built-in set', 2788]);
  expect(set.classes).toEqual([
    'Activities',
    'Animals & Nature',
    'Food & Drink',
    'Objects',
    'People & Body',
    'Smileys & Emotion',
    'Travel & Places',
  ]);
  // Emoji come in Unicode's order, which begins with faces, in both families.
  expect(classNames(set)[0]).toBe('Smileys & Emotion');
  expect(classNames(set)[1412]).toBe('Smileys & Emotion');
  // A grinning face: a white corner, a yellow forehead.
  expect([...set.images.subarray(0, 3)]).toEqual([255, 255, 255]);
  const [red, green, blue] = set.images.subarray((6 * 32 + 16) * 3);
  expect(red).toBeGreaterThan(220);
  expect(green).toBeGreaterThan(150);
  expect(blue).toBeLessThan(120);
});

test('emoji-32 has no empty and hardly any repeated picture', async () => {
  const set = await load('emoji-32');
  const seen = new Set<string>();
  for (let i = 0; i < set.count; i++) {
    const image = set.images.subarray(i * 3072, (i + 1) * 3072);
    expect(
      image.some((level) => level < 245),
      `image ${i}`,
    ).toBe(true);
    seen.add(Buffer.from(image).toString('base64'));
  }
  // Noto draws some families and couples alike.
  expect(seen.size).toBeGreaterThan(2700);
});
