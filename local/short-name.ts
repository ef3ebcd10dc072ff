/** What Pulumi appends to the names of resources that are not named by the program. */
const generatedSuffix = /-[0-9a-f]{7}$/;

/** The name of a resource as a person calls it, such as `photos-resize` of `photos-resize-0a1b2c3`. */
export function shortName(name: string): string {
  return name.replace(generatedSuffix, "");
}
