import assert from "node:assert/strict";
import ts from "typescript";
import { edgeFunctionCode, maxEdgeFunctionBytes } from "../../components/edge-code";
import { settings } from "../handlers/shared/renditions/settings";

const names = ["image-request", "image-response"] as const;

/** What runtime 2.0 has of the language beyond ES 5.1, by the names of TypeScript's nodes. */
const newerSyntax = new Set([
  "ArrowFunction",
  "EqualsGreaterThanToken",
  "TemplateExpression",
  "TemplateHead",
  "TemplateMiddle",
  "TemplateTail",
  "TemplateSpan",
  "NoSubstitutionTemplateLiteral",
]);

/** The syntax of ES 5.1 that the functions use, by the names of TypeScript's nodes. */
const olderSyntax = new Set(
  `SourceFile EndOfFileToken VariableStatement VariableDeclarationList VariableDeclaration Identifier
  FunctionDeclaration FunctionExpression Parameter Block ReturnStatement IfStatement ForStatement
  WhileStatement DoStatement SwitchStatement CaseBlock CaseClause DefaultClause BreakStatement
  ContinueStatement TryStatement CatchClause ThrowStatement ExpressionStatement EmptyStatement
  ObjectLiteralExpression PropertyAssignment ArrayLiteralExpression StringLiteral NumericLiteral
  RegularExpressionLiteral TrueKeyword FalseKeyword NullKeyword PrefixUnaryExpression
  PostfixUnaryExpression BinaryExpression ConditionalExpression ParenthesizedExpression
  CallExpression NewExpression PropertyAccessExpression ElementAccessExpression TypeOfExpression
  DeleteExpression VoidExpression InKeyword`.split(/\s+/),
);

/** Operators of runtime 2.0: those of ES 5.1, and the power. */
const operators = new Set(
  `, = == != === !== < > <= >= + - * / % & | ^ << >> >>> && || ? : ! ~ ++ -- += -= *= /= %= in
  instanceof ** =>`.split(/\s+/),
);

/** What runtime 2.0 has of objects' methods, as far as it is used here. */
const methods = new Set(
  `assign keys apply call
  concat every filter find findIndex forEach includes indexOf join map pop push reduce reverse slice
  some sort split
  charAt lastIndexOf replace startsWith toLowerCase toUpperCase trim
  exec test toFixed toString ceil floor max min round pow abs parse stringify`.split(/\s+/),
);

/** TypeScript has further names for some kinds of nodes, by their place in its list. */
const kinds = new Map(
  Object.entries(ts.SyntaxKind)
    .filter(([name]) => !/^(?:First|Last)[A-Z]/.test(name))
    .map(([name, kind]) => [kind as ts.SyntaxKind, name]),
);

interface Usage {
  syntax: Set<string>;
  operators: Set<string>;
  methods: Set<string>;
}

/** What a script uses of the language. */
function usageOf(code: string): Usage {
  const file = ts.createSourceFile("edge.js", code, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const usage: Usage = {
    syntax: new Set(),
    operators: new Set(),
    methods: new Set(),
  };
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node)) {
      usage.operators.add(node.operatorToken.getText());
    } else if (ts.isToken(node) && !ts.isIdentifier(node) && ts.tokenToString(node.kind)) {
      const text = ts.tokenToString(node.kind) ?? "";
      if (/^\w+$/.test(text)) {
        usage.syntax.add(kinds.get(node.kind) ?? text);
      } else {
        usage.operators.add(text);
      }
    } else {
      usage.syntax.add(kinds.get(node.kind) ?? "another");
    }
    collect(node, usage);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return usage;
}

/** What nodes have that is new though their kind is not. */
const newerParts: Readonly<Record<string, (node: ts.Node) => unknown>> = {
  "default argument": (node) => ts.isParameter(node) && node.initializer,
  "rest argument": (node) => ts.isParameter(node) && node.dotDotDotToken,
  destructuring: (node) =>
    (ts.isParameter(node) || ts.isVariableDeclaration(node)) && !ts.isIdentifier(node.name),
  generator: (node) => ts.isFunctionDeclaration(node) && node.asteriskToken,
  "catch without a variable": (node) => ts.isCatchClause(node) && !node.variableDeclaration,
  "optional chaining": (node) => ts.isPropertyAccessExpression(node) && node.questionDotToken,
  "expression with newer parts": (node) =>
    ts.isRegularExpressionLiteral(node) && /\(\?<[=!]|\\p\{|\/[a-z]*[^gim/][a-z]*$/.test(node.text),
};

function collect(node: ts.Node, usage: Usage): void {
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    usage.methods.add(node.expression.name.text);
  }
  for (const [name, isThere] of Object.entries(newerParts)) {
    if (isThere(node)) {
      usage.syntax.add(name);
    }
  }
}

function beyond(used: ReadonlySet<string>, ...known: readonly ReadonlySet<string>[]): string[] {
  return [...used].filter((name) => !known.some((names) => names.has(name)));
}

describe("edgeFunctionCode", () => {
  for (const name of names) {
    it(`keeps ${name} to the language of runtime 2.0`, () => {
      const usage = usageOf(edgeFunctionCode(name, settings));
      assert.deepEqual(beyond(usage.syntax, olderSyntax, newerSyntax), []);
      assert.deepEqual(beyond(usage.operators, operators), []);
      assert.deepEqual(beyond(usage.methods, methods), []);
    });

    it(`makes the same of ${name} each time, with room for more presets`, () => {
      const code = edgeFunctionCode(name, settings);
      assert.equal(edgeFunctionCode(name, settings), code);
      assert.ok(code.length <= maxEdgeFunctionBytes - 500, `${code.length} bytes`);
      assert.match(code, /^[\n -~]*$/);
    });

    it(`gives ${name} a function of the name that CloudFront calls, and exports nothing`, () => {
      const code = edgeFunctionCode(name, settings);
      assert.match(
        code,
        /\nfunction handler\(event\)\{|\}function handler\(event\)\{|;function handler\(event\)\{/,
      );
      assert.doesNotMatch(code, /\b(?:export|import|require)\b/);
    });
  }

  it("would find what the runtime lacks", () => {
    for (const code of [
      "const {a} = b;",
      "for (const a of b) {}",
      "f(...a);",
      "class A {}",
      "a?.b;",
      "a ?? b;",
      "a ||= b;",
      "(a = 1) => a;",
      "try {} catch {}",
      "({ a });",
      "({ a() {} });",
      "({ [a]: 1 });",
      "function* f() {}",
      "1n;",
      "a.flatMap(f);",
      "a.at(-1);",
      "/a/u;",
      "/(?<=a)b/;",
      "new.target;",
      "this;",
      "async () => {};",
      "import('a');",
    ]) {
      const usage = usageOf(code);
      const found = [
        ...beyond(usage.syntax, olderSyntax, newerSyntax),
        ...beyond(usage.operators, operators),
        ...beyond(usage.methods, methods),
      ];
      assert.notDeepEqual(found, [], code);
    }
  });

  it("compiles in what the functions go by, and nothing else of the settings", () => {
    const code = edgeFunctionCode("image-request", settings);
    assert.ok(code.includes('"thumb":"width-240_height-240_format-auto"'));
    assert.ok(code.includes(settings.watermark?.fingerprint ?? "?"));
    assert.equal(code.includes(settings.watermark?.imageId ?? ""), false);
  });

  it("refuses presets that make it larger than CloudFront takes", () => {
    const presets = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [`preset${index}`, "width-100_format-auto"]),
    );
    assert.throws(
      () => edgeFunctionCode("image-request", { ...settings, presets }),
      /^Error: The CloudFront Function image-request would have \d+ bytes, of 10240 at most: the 100 presets/,
    );
  });
});
