/** Such as `DefaultAction` for `defaultAction`. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
