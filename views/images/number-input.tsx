import type { InputHTMLAttributes } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { noNumber } from "./rendition-form";

interface NumberInputProps extends Pick<
  InputHTMLAttributes,
  "aria-label" | "aria-invalid" | "title" | "min" | "max" | "step" | "placeholder"
> {
  /** As it is typed; `noNumber` while that is none. */
  value: string;
  onChange: (value: string) => void;
}

/** A field for a number. What is typed that is none, such as `1e`, counts as that, and not as nothing. */
export function NumberInput({ value, onChange, ...others }: NumberInputProps) {
  const input = useRef<HTMLInputElement>(null);
  const shown = value === noNumber ? "" : value;
  useLayoutEffect(() => {
    // What is no number is shown, though the value is empty: it goes only when that is set again.
    if (value !== noNumber && input.current?.validity.badInput) {
      input.current.value = value;
    }
  }, [value]);
  return (
    <input
      {...others}
      ref={input}
      type="number"
      value={shown}
      onInput={({ currentTarget }) => {
        onChange(currentTarget.validity.badInput ? noNumber : currentTarget.value);
      }}
    />
  );
}
