import { expect, it } from 'vitest';
import { inventedRows } from './invention';
import { blue, describeCharts, type ChartsTest } from './chartsTest';

const ROWS = 100_000;

/** A long run that is quiet but for one row. */
function quiet(row: number, value: number): ReturnType<typeof inventedRows> {
  const rows = inventedRows('/runs/long', { rows: 1 });
  const loss = new Float32Array(ROWS).map((_, i) => 0.5 + 0.01 * Math.sin(i));
  loss[row] = value;
  return {
    ...rows,
    total: ROWS,
    steps: Float64Array.from({ length: ROWS }, (_, i) => i + 1),
    times: Float64Array.from({ length: ROWS }, (_, i) => 1_795_430_100 + i),
    columns: { 'loss/d': loss },
  };
}

async function rangeOf(test: ChartsTest): Promise<string> {
  return (await test.plot('loss').getAttribute('aria-label')) ?? '';
}

describeCharts('a run of 100,000 rows', (open) => {
  it('shows the one row that stands out, whatever is zoomed', async () => {
    const test = await open();
    await test.show(quiet(70_001, 1));
    await test.prefer({ smoothing: 0 });
    await test.expectDrawn('loss');
    const spike = { left: 0.69, top: 0, right: 0.71, bottom: 0.3 };
    await expect.poll(() => test.hasColour('loss', blue, spike)).toBe(true);
    const beside = { left: 0.1, top: 0, right: 0.68, bottom: 0.3 };
    expect(await test.hasColour('loss', blue, beside)).toBe(false);
    await test.setView('zoom', { min: 65_002, max: 75_002 });
    const middle = { left: 0.49, top: 0, right: 0.51, bottom: 0.3 };
    await expect.poll(() => test.hasColour('loss', blue, middle)).toBe(true);
  });

  it('shows the raw row behind a smoothed line', async () => {
    const test = await open();
    await test.show(quiet(70_001, 1));
    await test.prefer({ smoothing: 0.999 });
    await test.expectDrawn('loss');
    // The range of the values reaches up to the row, although the smoothed line does not.
    const canvas = test.card('loss').locator('.u-wrap > canvas');
    const reached = (): Promise<boolean> =>
      canvas.evaluate((element: HTMLCanvasElement) => {
        const over = element.parentElement?.querySelector<HTMLElement>('.u-over');
        const context = element.getContext('2d');
        if (!over || !context) return false;
        const { offsetLeft: left, offsetTop: top, offsetWidth: width, offsetHeight: height } = over;
        const { data } = context.getImageData(left + 0.69 * width, top, 0.02 * width, height / 4);
        // Bluer than grey: the faint line, not the grid.
        return data.some((part, i) => i % 4 === 2 && data[i + 1] > 0 && part > data[i - 2] + 20);
      });
    await expect.poll(reached).toBe(true);
  });

  it('is drawn as it grows, chunk by chunk', async () => {
    const test = await open();
    const all = quiet(99_999, 1);
    const part = (from: number, to: number): typeof all => ({
      ...all,
      from,
      steps: all.steps.slice(from, to),
      times: all.times.slice(from, to),
      columns: { 'loss/d': all.columns['loss/d'].slice(from, to) },
    });
    await test.show(part(0, 50_000));
    await test.expectDrawn('loss');
    await expect.poll(() => rangeOf(test)).toContain('step 1 to step 50,000');
    await test.loaded.tell(part(50_000, 99_999));
    await test.loaded.tell(part(99_999, 100_000));
    await expect.poll(() => rangeOf(test)).toContain('step 1 to step 100,000');
    await test.prefer({ smoothing: 0 });
    await test.expectValue('loss', 'D', '1');
  });
});
