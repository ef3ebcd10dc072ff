import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

/** What every button may have. */
interface ButtonProps {
  children: ComponentChildren;
  onClick?: () => void | Promise<void>;
  /** `primary` for what a view is for, `danger` for what cannot be undone. `@default` "plain" */
  kind?: "plain" | "primary" | "danger" | "quiet";
  type?: "button" | "submit";
  disabled?: boolean;
  /** What is read out, where the text does not say it. */
  label?: string;
  expanded?: boolean;
  /** Of a button that chooses, whether what it chooses is chosen; it is `primary` then. */
  pressed?: boolean;
}

/** A button; while what it does takes its time, it cannot be pressed again. */
export function Button({
  children,
  onClick,
  pressed,
  kind = pressed ? "primary" : "plain",
  type = "button",
  disabled = false,
  label,
  expanded,
}: ButtonProps) {
  const [isBusy, setBusy] = useState(false);
  const press = async () => {
    setBusy(true);
    try {
      await onClick?.();
    } finally {
      setBusy(false);
    }
  };
  return (
    <button
      type={type}
      class={`button button-${kind}`}
      disabled={disabled}
      aria-disabled={isBusy}
      aria-label={label}
      aria-expanded={expanded}
      aria-pressed={pressed}
      onClick={() => {
        if (!isBusy) {
          void press();
        }
      }}
    >
      {children}
    </button>
  );
}

interface CopyButtonProps {
  /** What is copied, or what gets it once the button is pressed: a secret is not there before. */
  text: string | (() => Promise<string>);
  label?: string;
  /** Of what, where several are beside each other: read out after the label. */
  of?: string;
}

/** Puts a text on the clipboard, and says so. */
export function CopyButton({ text, label = "Copy", of }: CopyButtonProps) {
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(typeof text === "string" ? text : await text());
      setState("copied");
    } catch {
      // The browser may refuse it: the text can still be selected.
      setState("failed");
    }
    setTimeout(() => {
      setState("idle");
    }, 2000);
  };
  const texts = { idle: label, copied: "Copied", failed: "Not allowed" };
  return (
    <span role="status">
      <Button
        kind="quiet"
        label={of === undefined ? undefined : `${texts[state]} ${of}`}
        onClick={copy}
      >
        {texts[state]}
      </Button>
    </span>
  );
}
