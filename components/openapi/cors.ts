import type { Origins } from "../../handlers/http/cors";

/** Headers that let pages of these origins read an answer, as far as they are always the same. */
export function corsHeaders(origins: Origins): Record<string, string> {
  const [origin = "", ...others] = origins;
  return others.length > 0 ? { Vary: "Origin" } : { "Access-Control-Allow-Origin": origin };
}

/**
 * Put in front of a mapping template: names the origin of the page that asks, if it is one of several
 * that may read the answer. Clients of HTTP/2 write headers in small letters, by which the names of the
 * map are told apart.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html
 */
export function corsTemplate(origins: Origins): string {
  if (origins.length === 1) {
    return "";
  }
  const isAllowed = origins.map((origin) => `$origin=="${origin}"`).join("||");
  return [
    "#set($headers=$input.params().header)",
    '#set($origin=$headers.get("Origin"))',
    '#if(!$origin)#set($origin=$headers.get("origin"))#end',
    `#if(${isAllowed})#set($context.responseOverride.header.Access-Control-Allow-Origin=$origin)#end`,
  ].join("");
}

/**
 * Values of the CORS headers of an error that the gateway makes, as expressions. Where there are several
 * origins any may read it, since such an answer knows no conditions: it says nothing but why there is no
 * other, and that is the same for whoever asks without a browser.
 */
export function gatewayCors(origins: Origins): Record<string, string> {
  const [origin = "", ...others] = origins;
  return others.length > 0
    ? { "Access-Control-Allow-Origin": "method.request.header.Origin", Vary: "'Origin'" }
    : { "Access-Control-Allow-Origin": `'${origin}'` };
}
