import { expect, it } from 'vitest';
import { accessibilityProblems } from './accessibility';
import { describeFigures, type FiguresTest } from './figuresTest';
import { inventedIteration } from './inventedAnswers';
import { inventedQuick } from './inventedInspection';

const listing = inventedQuick();
const nothing = { ...inventedIteration(0), startTangent: NaN };

describeFigures('the power iteration', (open) => {
  async function opened(options: Parameters<typeof open>[0] = {}): Promise<FiguresTest> {
    const test = await open({ panel: 'iteration', ...options });
    await test.show(listing);
    await test.answer('powerIteration', inventedIteration(50));
    await test.answer('powerIteration', inventedIteration(50));
    await test.card('Estimate of the norm of conv1').waitFor();
    return test;
  }

  // The figures of the spectrum are held to all four.
  it('satisfies axe in two themes', async () => {
    const test = await opened();
    await test.tick('Error, logarithmic');
    for (const theme of ['light', 'hc-dark'] as const) {
      await test.loaded.wear(theme);
      expect(await accessibilityProblems(test.page), theme).toEqual([]);
    }
    await test.loaded.wear('dark');
  });

  it('asks for both forms from a random start', async () => {
    const test = await open({ panel: 'iteration' });
    await test.show(listing);
    const question = { kind: 'powerIteration', layer: 'd.conv1', start: 'random', seed: 1 };
    const [first, second] = [
      await test.asked('powerIteration'),
      await test.asked('powerIteration'),
    ];
    expect(first.question).toEqual({ ...question, form: 'gram', iterations: 50 });
    expect(second.question).toEqual({ ...question, form: 'alternating', iterations: 50 });
  });

  it('asks anew from another start, and for as many iterations as allowed', async () => {
    const test = await opened();
    const iterations = test.page.getByRole('spinbutton', { name: 'Iterations' });
    await iterations.fill('5000');
    await iterations.press('Enter');
    expect((await test.asked('powerIteration')).question.iterations).toBe(1000);
    expect(await iterations.inputValue()).toBe('1000');
    await test.setView('preferences', {
      ...(await test.preferences()),
      iteration: { start: 'ones', seed: 1, iterations: 50, error: false },
    });
    await expect.poll(async () => (await test.asked('powerIteration')).question.start).toBe('ones');
    expect(await test.page.getByRole('spinbutton', { name: 'Seed' }).count()).toBe(0);
  });

  it('draws both forms beside the exact norm, or their errors beside the prediction', async () => {
    const test = await opened();
    const estimates = test.card('Estimate of the norm of conv1');
    const read = await test.readSvg((await test.saved(estimates, 'Save Vector', 'SVG')).bytes);
    expect(read.curves).toBe(2);
    expect(read.texts).toContain('exact σ₁, by SVD');
    await test.tick('Error, logarithmic');
    const errors = test.card('Error of the estimate for conv1');
    const both = await test.readSvg((await test.saved(errors, 'Save Vector', 'SVG')).bytes);
    // Both errors, both bounds, and the angle of the vector.
    expect(both.curves).toBe(5);
    const csv = (await test.saved(errors, 'Save Values', 'CSV')).bytes.toString().split('\r\n');
    const answer = inventedIteration(50);
    const [iteration, alternating, gram, ...predicted] = csv[10].split(',').map(Number);
    expect(iteration).toBe(10);
    expect(gram).toBeCloseTo(1 - answer.estimates[9] / 2, 14);
    expect(alternating).toBe(gram);
    const most = 1 - 1 / Math.hypot(1, answer.ratio ** 10);
    expect(predicted.some((value) => Math.abs(value - most) < 1e-12)).toBe(true);
  });

  it('is stepped through, in words', async () => {
    const test = await opened();
    await test.page.getByText('10 iterations are sure to come within 1 %').waitFor();
    const slider = test.page.getByRole('slider', { name: 'Iteration' });
    await slider.focus();
    await test.page.keyboard.press('ArrowRight');
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe('iteration 2 of 50');
    const { estimates } = inventedIteration(50);
    await test.page
      .getByText(`u and v in turn: σ̂ = ${estimates[1].toPrecision(6)}, off by`)
      .waitFor();
  });

  it.each([
    ['nullSpace', 'Ones fail with WᵀW: the entries of the weight cancel in every sum'],
    ['orthogonal', 'Ones fail with WᵀW: they are orthogonal to the first singular vector'],
    ['noStoredVector', 'This file has no u for the layer, so with WᵀW cannot start from it.'],
  ] as const)('says why a start fails: %s', async (failure, sentence) => {
    const test = await open({ panel: 'iteration' });
    await test.show(listing);
    await test.setView('preferences', {
      ...(await test.preferences()),
      iteration: { start: 'ones', seed: 1, iterations: 50, error: false },
    });
    // Those from the random start, which came first, are not wanted any more.
    await test.asked('powerIteration');
    await test.asked('powerIteration');
    await test.answer('powerIteration', { ...nothing, failure });
    await test.answer('powerIteration', inventedIteration(50));
    await test.page.getByText(sentence).waitFor();
    await test.card('Estimate of the norm of conv1').waitFor();
  });

  it('says why it is refused', async () => {
    const test = await open({ panel: 'iteration' });
    await test.show(listing);
    const { ask } = await test.asked('powerIteration');
    await test.loaded.tell({ type: 'refused', ask, why: 'The weight holds NaN.' });
    await test.page.getByText('The weight holds NaN.').waitFor();
  });

  it('fits into 320 pixels', async () => {
    const test = await opened({ width: 320 });
    const tooWide = await test.page.evaluate(
      () => document.documentElement.scrollWidth > innerWidth,
    );
    expect(tooWide).toBe(false);
  });
});
