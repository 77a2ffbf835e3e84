import type { FrameLocator, Locator } from 'playwright-core';

/** The page of weight files, read and used through what it shows. */
export class CheckpointPage {
  constructor(readonly frame: FrameLocator) {}

  get name(): Locator {
    return this.frame.getByRole('heading', { level: 1 });
  }

  /** Whether the network is 1-Lipschitz, in words and bounds. */
  get verdict(): Locator {
    return this.frame.getByRole('region', { name: 'Verdict' });
  }

  /** The files that are compared; none where there is only one. */
  get files(): Locator {
    return this.frame.getByRole('list', { name: 'Files compared' }).getByRole('listitem');
  }

  /** The rows of the table of layers. */
  get rows(): Locator {
    return this.frame.getByRole('grid', { name: 'Layers' }).locator('tbody tr');
  }

  /** The row of a layer; of several files, that of the primary one. */
  row(layer: string): Locator {
    return this.rows
      .filter({ has: this.frame.locator('.layer-name-text').getByText(layer, { exact: true }) })
      .first();
  }

  /** The texts of a column, one for each row. */
  async column(label: string): Promise<string[]> {
    const heads = this.frame.getByRole('grid', { name: 'Layers' }).locator('thead th');
    const labels = await heads.evaluateAll((all) => all.map(({ textContent }) => textContent));
    const place = labels.findIndex((each) => each.trim() === label) + 1;
    if (place === 0) throw new Error(`There is no column ${label} among ${labels.join(', ')}.`);
    return this.rows.locator(`:scope > :nth-child(${place})`).allTextContents();
  }

  /** Numbers that are still being computed. */
  get pending(): Locator {
    return this.frame.locator('.pending, .inspection-progress [role="progressbar"]');
  }

  /** Opens one of the panels below the layers. */
  async openPanel(name: string): Promise<void> {
    await this.frame.getByRole('tab', { name, exact: true }).click();
  }

  /** The figures of the panel that is open. */
  get figures(): Locator {
    return this.frame.locator('.figure-panel canvas');
  }

  /** A field of the geometry of the layer that has the details. */
  field(label: string): Locator {
    return this.frame.getByRole('textbox', { name: label, exact: true });
  }

  button(name: string | RegExp): Locator {
    return this.frame.getByRole('button', { name, exact: typeof name === 'string' }).first();
  }
}
