import type { JSX } from 'preact';
import { useOwnAttributes } from './ownAttributes';
import { VscodeTextField } from './elements';

export interface TextFieldProps {
  /** Accessible name. */
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  /** At every key. */
  readonly onInput?: (value: string) => void;
  /** When Enter is pressed or the field is left. */
  readonly onChange?: (value: string) => void;
}

/** One line of text. */
export function TextField(props: TextFieldProps): JSX.Element {
  const { label, value, placeholder, disabled, onInput, onChange } = props;
  const ref = useOwnAttributes({ 'aria-label': label });
  const textOf = (element: EventTarget): string => (element as HTMLInputElement).value;
  return (
    <VscodeTextField
      ref={ref}
      value={value}
      placeholder={placeholder ?? ''}
      disabled={disabled ?? false}
      onInput={({ currentTarget }) => onInput?.(textOf(currentTarget))}
      onChange={({ currentTarget }) => onChange?.(textOf(currentTarget))}
    />
  );
}
