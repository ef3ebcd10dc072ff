import type { OpenAPIV3 } from "openapi-types";

const descriptions: Readonly<Record<string, string>> = {
  Contract: "What the API takes and answers",
  Health: "Whether the API answers",
  Images: "Images and their metadata",
  Processing: "Records, and what they are processed to",
  Uploads: "Images that go straight to S3",
  Users: "Who asks",
};

/**
 * The tags that operations of these paths have, in the order of the alphabet.
 *
 * @throws Error that names one that has no description.
 */
export function tagsOf(paths: OpenAPIV3.PathsObject): OpenAPIV3.TagObject[] {
  const used = Object.values(paths).flatMap((item) =>
    Object.values(item as Record<string, OpenAPIV3.OperationObject>).flatMap(
      ({ tags = [] }) => tags,
    ),
  );
  return [...new Set(used)].sort().map((name) => {
    const { [name]: description } = descriptions;
    if (description === undefined) {
      throw new Error(`The API's document cannot be made: the tag ${name} has no description.`);
    }
    return { name, description };
  });
}
