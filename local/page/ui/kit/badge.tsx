import type { ComponentChildren } from "preact";

/** What a badge or note is about: also said by its text, never by colour alone. */
export type Tone = "neutral" | "good" | "warning" | "bad" | "accent";

/** A short state, as `ALARM` or `404`. */
export function Badge({
  tone = "neutral",
  children,
}: {
  tone?: Tone;
  children: ComponentChildren;
}) {
  return <span class={`badge badge-${tone}`}>{children}</span>;
}
