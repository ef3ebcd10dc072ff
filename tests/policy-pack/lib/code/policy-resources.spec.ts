import assert from "node:assert/strict";
import { transformSync } from "esbuild";
import { namesRoute } from "../../../../policy-pack/lib/code/policy-resources";
import { unknownValue } from "../../../../policy-pack/lib/values";

/** An answer whose policy is for this. */
function allow(resource: string, effect = '"Allow"'): string {
  return `({ principalId: "u", policyDocument: { Statement: [
    { Effect: ${effect}, Action: "execute-api:Invoke", Resource: ${resource} },
  ] } })`;
}

const policyFunction = `
  function generatePolicy(principalId, effect, resource) {
    const authResponse = { principalId };
    if (effect && resource) {
      const statement = {};
      statement.Action = "execute-api:Invoke";
      statement.Effect = effect;
      statement.Resource = resource;
      authResponse.policyDocument = { Version: "2012-10-17", Statement: [] };
      authResponse.policyDocument.Statement[0] = statement;
    }
    return authResponse;
  }`;

/** A builder of policies, as many authorizers have it, that allows what it is told to. */
function builder(allowed: string): string {
  return `
    exports.handler = (event, context, callback) => {
      const parts = event.methodArn.split(":");
      const [restApiId, stage, verb, ...rest] = parts[5].split("/");
      const policy = new Policy("u", parts[4], { restApiId, stage, region: parts[3] });
      policy.${allowed};
      callback(null, policy.build());
    };
    function Policy(principal, account, options) {
      this.principal = principal;
      this.account = account;
      this.methods = [];
      this.restApiId = options.restApiId || "*";
      this.region = options.region || "*";
      this.stage = options.stage || "*";
    }
    Policy.Verb = { GET: "GET", ALL: "*" };
    Policy.prototype = (function () {
      const add = function (verb, resource) {
        if (resource.substring(0, 1) === "/") {
          resource = resource.substring(1, resource.length);
        }
        const arn = "arn:aws:execute-api:" + this.region + ":" + this.account + ":" +
          this.restApiId + "/" + this.stage + "/" + verb + "/" + resource;
        this.methods.push({ arn: arn });
      };
      const statementOf = function (methods) {
        const statement = { Action: "execute-api:Invoke", Effect: "Allow" };
        statement.Resource = [];
        for (let i = 0; i < methods.length; i++) {
          const one = methods[i];
          statement.Resource.push(one.arn);
        }
        return statement;
      };
      return {
        allowAllMethods: function () { add.call(this, Policy.Verb.ALL, "*"); },
        allowMethod: function (verb, resource) { add.call(this, verb, resource); },
        build: function () {
          return { policyDocument: { Statement: [statementOf.call(this, this.methods)] } };
        },
      };
    })();`;
}

const ofOneRoute: Record<string, string> = {
  "the ARN of the method": `exports.handler = async (event) => ${allow("event.methodArn")};`,
  "the ARN of a route": `exports.handler = async (event) => ${allow("[event.routeArn]")};`,
  "the ARN by another way to read it": `exports.handler = async (e) => ${allow('e["methodArn"]')};`,
  "the ARN out of a pattern": `
    exports.handler = async ({ methodArn, headers }) => { const Resource = methodArn; return ${allow("Resource")}; };`,
  "the ARN in a template": `exports.handler = async (event) => ${allow("`${event.methodArn}`")};`,
  "the ARN and a wildcard": `exports.handler = async (event) => ${allow('event.methodArn + "*"')};`,
  "the ARN, handed to a function": `
    exports.handler = (event, context, callback) => {
      callback(null, event.authorizationToken === "allow" ? generatePolicy("user", "Allow", event.methodArn) : null);
    };${policyFunction}`,
  "the ARN for some callers": `
    exports.handler = async (event) =>
      event.headers.admin ? generatePolicy("u", "Allow", "*") : generatePolicy("u", "Allow", event.methodArn);
    ${policyFunction}`,
  "the ARN, kept in an object": `
    class Policy {
      constructor(event) { this.arn = event.methodArn; }
      allow() { return ${allow("this.arn")}; }
    }
    exports.handler = async (event) => new Policy(event).allow();`,
  "the ARN, put in place of a wildcard": `
    exports.handler = async (event) => { let arn = "*"; arn = event.methodArn; return ${allow("arn")}; };`,
  "the ARN, unless something else is put in its place": `
    exports.handler = async (event) => {
      let arn = event.methodArn;
      if (event.headers.all) { arn = "*"; }
      return ${allow("arn")};
    };`,
  "the ARN, allowed or denied": `
    exports.handler = async (event) => ${allow("event.methodArn", 'event.headers.ok ? "Allow" : "Deny"')};`,
  "the ARN, denied beside what is allowed": `
    exports.handler = async (event) => ({ policyDocument: { Statement: [
      { Effect: "Allow", Action: "execute-api:Invoke", Resource: "*" },
      { Effect: "Deny", Action: "execute-api:Invoke", Resource: event.methodArn },
    ] } });`,
  "the method and the path": `
    exports.handler = async (event) => {
      const context = event.requestContext;
      return ${allow("`arn:aws:execute-api:${process.env.AWS_REGION}:${context.accountId}:${context.apiId}/${context.stage}/${context.httpMethod}${context.path}`")};
    };`,
  "the method of an HTTP API": `
    exports.handler = async (event) => ${allow("`arn:aws:execute-api:*:*:*/*/${event.requestContext.http.method}/*`")};`,
  "the method, cut out of the ARN": `
    exports.handler = async (event) => {
      const [api, stage, method] = event.methodArn.split("/");
      return ${allow("`${api}/${stage}/${method}/*`")};
    };`,
  "all methods of the path": `
    exports.handler = async (event) => ${allow('event.methodArn.replace("/GET/", "/*/")')};`,
  "the ARN of another stage": `
    exports.handler = async (event) => ${allow('event.methodArn.replace("test", "live")')};`,
  "what comes last in the ARN": `
    exports.handler = async (event) => ${allow('"arn:aws:execute-api:*:*:" + event.methodArn.split(":").pop()')};`,
  "the ARN, put together again": `
    exports.handler = async (event) => ${allow('event.methodArn.split("/").slice(0, 4).join("/")')};`,
};

const ofAllRoutes: Record<string, string> = {
  everything: `exports.handler = async (event) => { console.log(event.methodArn); return ${allow('"*"')}; };`,
  "what is the same for all requests": `
    exports.handler = async (event) => { console.log(event.methodArn); return ${allow("process.env.API_ARN")}; };`,
  "the stage, out of a pattern": `
    exports.handler = async (event) => {
      const [api, stage] = event.methodArn.split("/");
      return ${allow("`${api}/${stage}/*`")};
    };`,
  "the stage, by places": `
    exports.handler = async (event) => ${allow('event.methodArn.split("/").slice(0, 2).join("/") + "/*/*"')};`,
  "the stage, by a pattern": String.raw`
    exports.handler = async (event) => ${allow('event.methodArn.replace(/\\/[A-Z].*$/, "/*")')};`,
  "the stage, by a group of a pattern": String.raw`
    exports.handler = async (event) => {
      const [, stage] = /^(arn:[^/]+\/[^/]+)/.exec(event.methodArn) ?? [];
      return ${allow('stage + "/*"')};
    };`,
  "the stage, put in place of the ARN": `
    exports.handler = async (event) => {
      let arn = event.methodArn;
      arn = arn.substring(0, arn.indexOf("/")) + "/*/*";
      return ${allow("arn")};
    };`,
  "the stage, by a function": `
    const wide = (arn) => {
      const parts = arn.split(":");
      const last = parts[5].split("/");
      return parts.slice(0, 5).join(":") + ":" + last[0] + "/" + last[1] + "/*";
    };
    exports.handler = async (event) => generatePolicy("u", "Allow", wide(event.methodArn));
    ${policyFunction}`,
  "the stage, by the context": `
    exports.handler = async (event) => {
      const { accountId, apiId, stage } = event.requestContext;
      return ${allow("`arn:aws:execute-api:${process.env.AWS_REGION}:${accountId}:${apiId}/${stage}/*`")};
    };`,
  "the ARN and a wildcard beside it": `
    exports.handler = async (event) => ${allow('[event.methodArn, "arn:aws:execute-api:*:*:*/*"]')};`,
  "nothing but a denial of the route": `
    exports.handler = async (event) =>
      event.headers ? ${allow('"*"')} : ${allow("event.methodArn", '"Deny"')};`,
  "all methods, by a builder": builder("allowAllMethods()"),
  "methods that the code names, by a builder": builder('allowMethod(Policy.Verb.GET, "/images")'),
};

const unread: Record<string, string> = {
  "a policy that comes out of a package": `
    exports.handler = async (event) => require("policies").allow(event.methodArn);`,
  "a resource that comes out of a package": `
    exports.handler = async (event) => ${allow('require("policies").widened(event.methodArn)')};`,
  "a resource that comes from elsewhere": `
    exports.handler = async (event) => ${allow("(await lookUp(event.methodArn)).resources")};`,
  "another language": `def handler(event, context):\n  return {"Resource": event["methodArn"]}`,
  nothing: "",
};

describe("what the code of an authorizer answers with", () => {
  const forms: [string, (code: string) => string][] = [
    ["as it is written", (code) => code],
    ["minified", (code) => transformSync(code, { minify: true }).code],
    [
      "minified for older engines",
      (code) => transformSync(code, { minify: true, target: "es2017" }).code,
    ],
    ["as a module", (code) => code.replace("exports.handler =", "export const handler =")],
    [
      "as Pulumi serialises it",
      (code) =>
        `exports.handler = __f0;\nfunction __f0(__0) {\n  return (function() {\n    with({ this: undefined, arguments: undefined }) {\n${code.replace("exports.handler =", "const handler =")}\nreturn handler;\n    }\n  }).apply(undefined, undefined).apply(this, arguments);\n}\n`,
    ],
  ];

  for (const [form, written] of forms) {
    describe(form, () => {
      for (const [what, code] of Object.entries(ofOneRoute)) {
        it(`is for one route: ${what}`, () => {
          assert.equal(namesRoute([written(code)]), true);
        });
      }

      for (const [what, code] of Object.entries(ofAllRoutes)) {
        it(`is for all routes: ${what}`, () => {
          assert.equal(namesRoute([written(code)]), false);
        });
      }
    });
  }

  for (const [what, code] of Object.entries(unread)) {
    it(`is not known: ${what}`, () => {
      assert.equal(namesRoute([code]), unknownValue);
    });
  }

  it("is not known of no code", () => {
    assert.equal(namesRoute([]), unknownValue);
  });

  it("is followed from file to file, in modules and in CommonJS", () => {
    const policy = `exports.policyFor = (arn) => ${allow("arn")};`;
    const handler = `const { policyFor } = require("./policy"); exports.handler = async (event) => policyFor(VALUE);`;
    for (const written of [
      (code: string) => code,
      (code: string) =>
        code
          .replace(/exports\.(\w+) =/, "export const $1 =")
          .replace(/const (\{ policyFor \}) = require\((.*?)\)/, "import $1 from $2"),
    ]) {
      const files = (value: string) => [written(handler.replace("VALUE", value)), written(policy)];
      assert.equal(namesRoute(files("event.methodArn")), true);
      assert.equal(namesRoute(files('event.methodArn.split("/")[0] + "/*"')), false);
    }
  });

  it("is followed through what Pulumi has captured of a program", () => {
    const serialised = (value: string) => `
      exports.handler = __f0;
      function __f1(__0) { return (function() { with({ this: undefined, arguments: undefined }) {
        return (arn) => ${allow("arn")};
      } }).apply(undefined, undefined).apply(this, arguments); }
      function __f0(__0) { return (function() { with({ policyFor: __f2, this: undefined, arguments: undefined }) {
        return async (event) => policyFor(${value});
      } }).apply(undefined, undefined).apply(this, arguments); }
      function __f2(__0) { return (function() { with({ this: undefined, arguments: undefined }) {
        return (arn) => ${allow("arn")};
      } }).apply(undefined, undefined).apply(this, arguments); }`;
    assert.notEqual(namesRoute([serialised('event.methodArn.split("/")[0] + "/*"')]), true);
  });
});
