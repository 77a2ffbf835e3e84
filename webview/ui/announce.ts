/** Two regions in turn: the same words twice are announced twice. */
let regions: readonly HTMLElement[] = [];
let turn = 0;

/** Tells a screen reader of something that changed elsewhere on the page, when it pauses. */
export function announce(text: string): void {
  if (regions.length === 0) regions = [makeRegion(), makeRegion()];
  regions[turn].textContent = '';
  turn = 1 - turn;
  regions[turn].textContent = text;
}

function makeRegion(): HTMLElement {
  const region = document.createElement('div');
  region.className = 'visually-hidden';
  region.setAttribute('role', 'status');
  region.setAttribute('aria-live', 'polite');
  document.body.append(region);
  return region;
}
