import { badRequest } from "../errors";

const segmentSyntax = /^(?:[\w.,:-]+|\{[\w.-]+\+?\})$/;

/**
 * Checks the paths of an API by API Gateway's rules: parameters fill whole segments, a greedy one
 * comes last, and of the segments that share a parent at most one is a parameter.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 *
 * @throws AwsError `BadRequestException`.
 */
export function checkPaths(paths: readonly string[]): void {
  const parameters = new Map<string, string>();
  for (const path of paths) {
    const segments = segmentsOf(path);
    segments.forEach((segment, index) => {
      checkSegment(segment, index === segments.length - 1, path);
      if (segment.startsWith("{")) {
        const parent = segments.slice(0, index).join("/");
        const sibling = parameters.get(parent) ?? segment;
        if (sibling !== segment) {
          throw badRequest(
            `Unable to create resource at path '${path}': A sibling (${sibling}) of this resource already has a variable path part -- only one is allowed`,
          );
        }
        parameters.set(parent, segment);
      }
    });
  }
}

/** The segments of a path that starts with `/`; none for the root. */
function segmentsOf(path: string): string[] {
  if (!path.startsWith("/")) {
    throw badRequest(`Invalid path '${path}': paths must begin with /`);
  }
  return path === "/" ? [] : path.slice(1).split("/");
}

function checkSegment(segment: string, last: boolean, path: string): void {
  if (!segmentSyntax.test(segment)) {
    throw badRequest(
      `Unable to create resource at path '${path}': Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.`,
    );
  }
  if (segment.endsWith("+}") && !last) {
    throw badRequest(
      `Unable to create resource at path '${path}': Cannot create a child of a resource with a greedy path variable.`,
    );
  }
}
