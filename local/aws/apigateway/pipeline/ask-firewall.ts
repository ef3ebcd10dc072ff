import type { Exchange, PipelineServices, Reply } from "./exchange";
import { GatewayError } from "./gateway-error";

/**
 * Asks the web ACL that protects the stage, if one does, before all else.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-aws-waf.html
 *
 * @returns the answer that the web ACL has of its own; nothing for what it lets through.
 * @throws GatewayError `WAF_FILTERED` for what it refuses without one.
 */
export function askFirewall(
  { waf, webAclOf }: PipelineServices,
  exchange: Exchange,
): Reply | undefined {
  const { api, stage, message, headers, rawPath, body } = exchange;
  const webAclArn = webAclOf(api.id, stage.name);
  if (webAclArn === undefined) {
    return undefined;
  }
  const [, query = ""] = /\?(.*)$/s.exec(message.url ?? "") ?? [];
  const refusal = waf.inspect(webAclArn, {
    address: message.socket.remoteAddress ?? "",
    path: rawPath,
    query,
    header: (name) => headers.get(name),
    bodyBytes: body.length,
  });
  if (!refusal) {
    return undefined;
  }
  if (!refusal.response) {
    throw new GatewayError("WAF_FILTERED");
  }
  const { status, headers: own, body: text } = refusal.response;
  return { statusCode: status, headers: Object.entries(own), body: Buffer.from(text) };
}
