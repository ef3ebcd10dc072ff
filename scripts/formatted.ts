/**
 * A text as the project formats files like the one that it is for.
 *
 * @param file absolute, or from the working directory on.
 */
export async function formatted(text: string, file: string): Promise<string> {
  // It takes longer to load than most of what is formatted takes to be made.
  const { format, resolveConfig } = await import("prettier");
  return format(text, { ...(await resolveConfig(file)), filepath: file });
}
