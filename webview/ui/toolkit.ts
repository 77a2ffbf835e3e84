import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeProgressRing,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import '@vscode/codicons/dist/codicon.css';
import './ui.css';

/**
 * Registers the elements that the components of this folder are made from; call it before the
 * first render. The toolkit is frozen upstream: this folder is the one place that knows of it, and
 * the one to change when another library takes over.
 */
export function registerToolkit(): void {
  provideVSCodeDesignSystem().register(
    vsCodeButton(),
    vsCodeCheckbox(),
    vsCodeDropdown(),
    vsCodeOption(),
    vsCodeProgressRing(),
    vsCodeTextField(),
  );
}
