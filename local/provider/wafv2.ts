import { regionalArn } from "../aws/arn";
import { AwsError } from "../aws/aws-error";
import { repeated } from "../aws/repeated";
import type { Account } from "../aws/types";
import { managedGroups } from "../aws/waf/managed-rules";
import type {
  BlockResponse,
  ManagedStatement,
  RateStatement,
  RuleAction,
  WebAclDefinition,
  WebAclRule,
} from "../aws/waf/types";
import type { Waf } from "../aws/waf/waf";
import { cloudFrontRegion, inRegion } from "./in-region";
import { parse } from "./parse-inputs";
import { NotEmulated } from "./refuse-inputs";
import type { PlannedResource, ResourceRequest, ResourceTypes } from "./resource";
import { stableUuid } from "./stable-uuid";
import { webAclSettings } from "./wafv2-settings";
import {
  type ActionInputs,
  type BlockInputs,
  type ManagedInputs,
  type RateInputs,
  type RuleInputs,
  type WebAclInputs,
  webAclInputs,
} from "./wafv2-inputs";

/** Of what answers say that they are. */
const contentTypes: Readonly<Record<string, string>> = {
  APPLICATION_JSON: "application/json",
  TEXT_HTML: "text/html",
  TEXT_PLAIN: "text/plain",
};

/** Units of a rule by a rate. https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html */
const rateCapacity = 2;

/** The resource types of WAF. */
export function wafv2Resources(waf: Waf, account: Account): ResourceTypes {
  return {
    "aws:wafv2/webAcl:WebAcl": (request) => planWebAcl(waf, account, request),
    "aws:wafv2/webAclAssociation:WebAclAssociation": (request) =>
      planAssociation(waf, account, request),
  };
}

function planWebAcl(waf: Waf, account: Account, request: ResourceRequest): PlannedResource {
  const inputs = parse(webAclInputs, request);
  const place = inRegion(account, request);
  const { scope } = inputs;
  if (scope === "CLOUDFRONT" && place.region !== cloudFrontRegion) {
    throw invalid("The scope is not valid., field: SCOPE_VALUE, parameter: CLOUDFRONT");
  }
  const name = request.physicalName();
  const id = stableUuid(request);
  const kind = scope === "CLOUDFRONT" ? "global" : "regional";
  const arn = regionalArn(place, "wafv2", `${kind}/webacl/${name}/${id}`);
  const definition = definitionOf(request, inputs, { arn, name });
  const capacity = capacityOf(definition);
  const lockToken = stableUuid(request, "lockToken");
  const { description = "", tags = {} } = inputs;
  const settings = webAclSettings(request.inputs);
  return {
    id,
    outputs: {
      ...request.inputs,
      applicationIntegrationUrl: "",
      arn,
      capacity,
      lockToken,
      name,
      region: place.region,
      tagsAll: tags,
    },
    create: () => {
      waf.putWebAcl({
        ...definition,
        shown: { capacity, description, lockToken, tags, settings },
      });
    },
    remove: () => {
      waf.deleteWebAcl(arn);
    },
  };
}

function planAssociation(waf: Waf, account: Account, request: ResourceRequest): PlannedResource {
  const { resourceArn, webAclArn } = request.inputs as { resourceArn: string; webAclArn: string };
  if (!/^arn:[\w-]+:apigateway:[^:]+::\/restapis\/[^/]+\/stages\/[^/]+$/.test(resourceArn)) {
    throw new NotEmulated(request, `web ACLs before ${resourceArn}`);
  }
  return {
    id: `${webAclArn},${resourceArn}`,
    outputs: { ...request.inputs, region: inRegion(account, request).region },
    create: () => {
      waf.associate(resourceArn, webAclArn);
    },
    remove: () => {
      waf.disassociate(resourceArn);
    },
  };
}

function definitionOf(
  request: ResourceRequest,
  inputs: WebAclInputs,
  identity: Pick<WebAclDefinition, "arn" | "name">,
): WebAclDefinition {
  const { scope, defaultAction, rules } = inputs;
  requireDifferent(
    "names",
    rules.map(({ name }) => name),
  );
  requireDifferent(
    "priorities",
    rules.map(({ priority }) => String(priority)),
  );
  return {
    ...identity,
    scope,
    defaultAction: actionOf(defaultAction, inputs),
    rules: rules.map((rule) => ruleOf(request, rule, inputs)),
  };
}

function ruleOf(request: ResourceRequest, rule: RuleInputs, inputs: WebAclInputs): WebAclRule {
  const { name, priority, statement, action, overrideAction } = rule;
  const { rateBasedStatement: rate, managedRuleGroupStatement: managed } = statement;
  if (rate && !managed) {
    if (!action || overrideAction) {
      throw invalid(`The rule ${name} must have an action, and no overrideAction`);
    }
    return { name, priority, statement: rateStatement(rate), action: actionOf(action, inputs) };
  }
  if (managed && !rate) {
    if (!overrideAction || action) {
      throw invalid(`The rule ${name} must have an overrideAction, and no action`);
    }
    const countsOnly = overrideAction.count !== undefined;
    const ofGroup = managedStatement(request, managed, inputs, countsOnly);
    return { name, priority, statement: ofGroup, action: { kind: "count" } };
  }
  throw invalid(`The rule ${name} must have exactly one statement`);
}

function rateStatement({ limit, evaluationWindowSec }: RateInputs): RateStatement {
  if (limit < 10 || limit > 2_000_000_000 || ![60, 120, 300, 600].includes(evaluationWindowSec)) {
    throw invalid(
      `A rate is limited to 10 to 2,000,000,000 requests in 60, 120, 300 or 600 seconds, not ${limit} in ${evaluationWindowSec}`,
    );
  }
  return { kind: "rate", limit, windowSeconds: evaluationWindowSec };
}

function managedStatement(
  request: ResourceRequest,
  managed: ManagedInputs,
  inputs: WebAclInputs,
  countsOnly: boolean,
): ManagedStatement {
  const { name: group, ruleActionOverrides } = managed;
  const known = managedGroups[group];
  if (!known) {
    throw new NotEmulated(
      request,
      `the rules ${group} of AWS; it has ${Object.keys(managedGroups).join(", ")}`,
    );
  }
  const wrong = ruleActionOverrides.find(({ name }) => !Object.hasOwn(known.rules, name));
  if (wrong) {
    throw invalid(`${group} has no rule ${wrong.name}, but ${Object.keys(known.rules).join(", ")}`);
  }
  const overrides = ruleActionOverrides.map(
    ({ name, actionToUse }) => [name, actionOf(actionToUse, inputs)] as const,
  );
  return { kind: "managed", group, overrides: Object.fromEntries(overrides), countsOnly };
}

function actionOf({ allow, block, count }: ActionInputs, inputs: WebAclInputs): RuleAction {
  if ([allow, block, count].filter((each) => each !== undefined).length !== 1) {
    throw invalid("An action must be exactly one of allow, block and count");
  }
  if (block) {
    const response = responseOf(block, inputs);
    return { kind: "block", ...(response && { response }) };
  }
  return { kind: allow ? "allow" : "count" };
}

/** https://docs.aws.amazon.com/waf/latest/developerguide/customizing-the-response-status-codes.html */
function responseOf(
  { customResponse }: BlockInputs,
  { customResponseBodies }: WebAclInputs,
): BlockResponse | undefined {
  if (!customResponse) {
    return undefined;
  }
  const { responseCode, customResponseBodyKey, responseHeaders } = customResponse;
  const body = customResponseBodies.find(({ key }) => key === customResponseBodyKey);
  if (customResponseBodyKey !== undefined && !body) {
    throw new AwsError(
      "WAFNonexistentItemException",
      `There is no customResponseBodies with the key ${customResponseBodyKey}`,
    );
  }
  const type = body && (contentTypes[body.contentType] ?? body.contentType);
  const headers = responseHeaders.map(({ name, value }) => [name.toLowerCase(), value] as const);
  return {
    status: responseCode,
    headers: {
      ...Object.fromEntries(headers),
      ...(type !== undefined && { "content-type": type }),
    },
    body: body?.content ?? "",
  };
}

function requireDifferent(what: string, texts: readonly string[]): void {
  const double = repeated(texts);
  if (double !== undefined) {
    throw invalid(`The ${what} of rules must differ, but ${double} is there twice`);
  }
}

function capacityOf({ rules }: WebAclDefinition): number {
  return rules.reduce(
    (sum, { statement }) =>
      sum +
      (statement.kind === "rate" ? rateCapacity : (managedGroups[statement.group]?.capacity ?? 0)),
    0,
  );
}

function invalid(message: string): AwsError {
  return new AwsError("WAFInvalidParameterException", `Error reason: ${message}`);
}
