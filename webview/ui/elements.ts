import type { FunctionComponent, HTMLAttributes, RefObject } from 'preact';

/**
 * The elements of `@vscode/webview-ui-toolkit` that {@link registerToolkit} registers, with the
 * types of their properties. Only the components beside this file use them.
 */
type Attributes = Omit<HTMLAttributes<HTMLElement>, 'ref' | 'value'> & {
  ref?: RefObject<HTMLElement | null> | null;
};

/** To Preact an element is its name; this gives the name the type of its properties. */
function element<Properties = unknown>(name: string): FunctionComponent<Attributes & Properties> {
  return name as unknown as FunctionComponent<Attributes & Properties>;
}

type Flag = 'true' | 'false' | null;

export const VscodeButton = element<{
  appearance: 'primary' | 'secondary' | 'icon';
  disabled: boolean;
  // FAST hands these properties on to the button inside; it ignores the attributes.
  ariaBusy?: Flag;
  ariaDisabled?: Flag;
  ariaExpanded?: Flag;
  ariaHaspopup?: 'menu' | null;
  ariaPressed?: Flag;
}>('vscode-button');
export const VscodeCheckbox = element<{ checked: boolean; disabled: boolean }>('vscode-checkbox');
export const VscodeDropdown = element<{ disabled: boolean }>('vscode-dropdown');
export const VscodeOption = element<{ value: string }>('vscode-option');
export const VscodeProgressRing = element('vscode-progress-ring');
export const VscodeTextField = element<{
  value: string;
  placeholder: string;
  disabled: boolean;
}>('vscode-text-field');
