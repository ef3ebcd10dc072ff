/** A duration in milliseconds, as it is shown: to hundredths. */
export function milliseconds(duration: number): number {
  return Math.round(duration * 100) / 100;
}
