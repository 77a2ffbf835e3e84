const query = matchMedia('(prefers-reduced-motion: reduce)');

/** Whether the person asked the system or VS Code for less motion. */
export function reducesMotion(): boolean {
  return query.matches || document.body.classList.contains('vscode-reduce-motion');
}
