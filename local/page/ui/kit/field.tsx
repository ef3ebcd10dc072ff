import type { ComponentChildren } from "preact";

interface FieldProps {
  label: string;
  /** One input, select or textarea. */
  children: ComponentChildren;
  /** What is accepted. */
  hint?: string;
}

/** An input with its label. */
export function Field({ label, children, hint }: FieldProps) {
  return (
    <label class="field">
      <span class="field-label">{label}</span>
      {children}
      {hint !== undefined && <span class="field-hint">{hint}</span>}
    </label>
  );
}
