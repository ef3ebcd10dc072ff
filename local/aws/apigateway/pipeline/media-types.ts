import type { Exchange } from "./exchange";

/** What API Gateway takes a body for when the request does not say. */
const defaultMediaType = "application/json";

/** The request's media type in lower case, without parameters. */
export function requestMediaType({ headers }: Exchange): string {
  return bareMediaType(headers.get("content-type")) || defaultMediaType;
}

/** The first media type that the client accepts; empty when it does not say. */
export function acceptedMediaType({ headers }: Exchange): string {
  return bareMediaType(headers.first("accept")?.split(",")[0]);
}

/** Whether `mediaType` is one that the API treats as binary. */
export function isBinary({ stage }: Exchange, mediaType: string): boolean {
  return stage.deployment.definition.binaryMediaTypes.some((type) => {
    const binary = type.toLowerCase();
    return (
      binary === "*/*" ||
      binary === mediaType ||
      (binary.endsWith("/*") && mediaType.startsWith(binary.slice(0, -1)))
    );
  });
}

/**
 * The template for a response: of the accepted media type, or else JSON's, or else the first.
 *
 * @returns its media type and text.
 */
export function responseTemplate(
  exchange: Exchange,
  templates: ReadonlyMap<string, string>,
): [string, string] | undefined {
  const accepted = acceptedMediaType(exchange);
  const mediaType = [accepted, defaultMediaType].find((type) => templates.has(type));
  const text = mediaType === undefined ? undefined : templates.get(mediaType);
  return mediaType !== undefined && text !== undefined ? [mediaType, text] : [...templates][0];
}

function bareMediaType(value: string | undefined): string {
  return value?.split(";")[0]?.trim().toLowerCase() ?? "";
}
