/** Pixels that a press may move and still be a click. */
const LEAST = 6;

/**
 * Lets a chart be dragged by its title to another place among its neighbours. A line shows where it
 * would stand; Escape lets everything be.
 *
 * @param move to before the chart of that name; undefined: to the end
 */
export function dragToReorder(
  start: PointerEvent,
  move: (before: string | undefined) => void,
): void {
  const title = start.currentTarget as HTMLElement;
  const card = title.closest<HTMLElement>('.chart');
  if (!card || start.button !== 0 || start.pointerType === 'touch') return;
  let dragging = false;
  let place: Place | undefined;
  const end = new AbortController();
  const { signal } = end;

  const finish = (): void => {
    end.abort();
    card.classList.remove('chart-dragged');
    mark(place, false);
  };
  document.addEventListener(
    'pointermove',
    ({ clientX, clientY }) => {
      if (!dragging && Math.hypot(clientX - start.clientX, clientY - start.clientY) < LEAST) return;
      if (!dragging) card.classList.add('chart-dragged');
      dragging = true;
      mark(place, false);
      place = placeAt(card, clientX, clientY);
      mark(place, true);
    },
    { signal },
  );
  document.addEventListener(
    'pointerup',
    () => {
      const found = place;
      finish();
      if (dragging && found) move(nameAfter(found, card));
    },
    { signal },
  );
  document.addEventListener('pointercancel', finish, { signal });
  document.addEventListener('keydown', ({ key }) => key === 'Escape' && finish(), { signal });
}

interface Place {
  readonly card: HTMLElement;
  readonly side: 'before' | 'after';
}

function placeAt(dragged: HTMLElement, x: number, y: number): Place | undefined {
  const under = document.elementFromPoint(x, y)?.closest<HTMLElement>('.chart');
  if (!under || under === dragged || under.parentElement !== dragged.parentElement) {
    return undefined;
  }
  const { left, width, top, height } = under.getBoundingClientRect();
  // A chart over the whole width has neighbours above and below only.
  const wide = width > 0.9 * (under.parentElement?.clientWidth ?? 0);
  const first = wide ? y < top + height / 2 : x < left + width / 2;
  return { card: under, side: first ? 'before' : 'after' };
}

function mark(place: Place | undefined, on: boolean): void {
  place?.card.classList.toggle(`chart-drop-${place.side}`, on);
}

function nameAfter({ card, side }: Place, dragged: HTMLElement): string | undefined {
  let next: Element | null = side === 'before' ? card : card.nextElementSibling;
  if (next === dragged) next = next.nextElementSibling;
  return next instanceof HTMLElement ? next.dataset.chart : undefined;
}
