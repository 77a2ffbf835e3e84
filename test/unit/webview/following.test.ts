import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followPreferences } from '../../../webview/kept/following';

describe('the preferences of a page', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function followed() {
    const preferences = signal('the default');
    const told: string[] = [];
    const stop = followPreferences(preferences, 'kept', (now) => told.push(now));
    return { preferences, told, stop };
  }

  it('are those that were kept, which is nothing to tell of', () => {
    const { preferences, told } = followed();
    vi.runAllTimers();
    expect(preferences.value).toBe('kept');
    expect(told).toEqual([]);
  });

  it('are told the moment they change, since the window may be gone the next', () => {
    const { preferences, told } = followed();
    preferences.value = 'changed';
    expect(told).toEqual(['changed']);
    vi.runAllTimers();
    expect(told).toEqual(['changed']);
    preferences.value = 'later';
    expect(told).toEqual(['changed', 'later']);
  });

  it('are told of a slider only so often, and of where it came to rest', () => {
    const { preferences, told } = followed();
    for (let i = 1; i <= 100; i++) {
      preferences.value = `at ${i}`;
      vi.advanceTimersByTime(10);
    }
    expect(told[0]).toBe('at 1');
    expect(told.length).toBeLessThan(10);
    vi.runAllTimers();
    expect(told.at(-1)).toBe('at 100');
  });

  it('are not told any more once nobody follows them', () => {
    const { preferences, told, stop } = followed();
    preferences.value = 'told';
    preferences.value = 'waiting';
    stop();
    preferences.value = 'after';
    vi.runAllTimers();
    expect(told).toEqual(['told']);
  });
});
