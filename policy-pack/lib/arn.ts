/** The services that ARNs name where the module of a type is called otherwise. */
const servicesOfModules: Readonly<Record<string, readonly string[]>> = {
  alb: ["elasticloadbalancing"],
  apigatewayv2: ["apigateway", "execute-api"],
  apigateway: ["apigateway", "execute-api"],
  cloudwatch: ["cloudwatch", "logs", "events"],
  docdb: ["rds"],
  efs: ["elasticfilesystem"],
  elasticsearch: ["es"],
  lb: ["elasticloadbalancing"],
  msk: ["kafka"],
  neptune: ["rds"],
  opensearch: ["es"],
  sfn: ["states"],
};

/** Whether ARNs of this service may be those of resources of the type. */
export function isServiceOf(service: string, type: string): boolean {
  const [, module = ""] = /^aws:(\w+)\//.exec(type) ?? [];
  return (servicesOfModules[module] ?? [module]).includes(service);
}

/** An ARN's service, and what may be the name of the resource that it is about. */
export interface ArnNames {
  service: string;
  names: string[];
}

/** The names within an ARN: `arn:aws:s3:::images/*` may be about `images/*` or `images`. */
export function namesInArn(text: string): ArnNames | undefined {
  const [, service, resource] = /^arn:[^:]*:([^:]*):[^:]*:[^:]*:(.+)$/.exec(text) ?? [];
  if (service === undefined || resource === undefined) {
    return undefined;
  }
  const withoutKind = resource.replace(/^[\w-]+[:/]/, "");
  return { service, names: [...shortened(resource), ...shortened(withoutKind)] };
}

/** The text, and what is left of it when parts such as `:*`, `/*` or `:live` are cut off at its end. */
export function shortened(text: string): string[] {
  const ends = [...text.matchAll(/[:/]/g)].map(({ index }) => index).filter((index) => index > 0);
  return [text, ...ends.reverse().map((end) => text.slice(0, end))];
}
