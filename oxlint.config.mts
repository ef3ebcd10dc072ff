/**
 * Types are checked and linted by Oxlint with the compiler's native version, in a fraction of the time that
 * ESLint takes. The rules are those that ESLint and typescript-eslint recommend.
 */
import js from "@eslint/js";
import { defineConfig, type DummyRuleMap, type OxlintOverride } from "oxlint";
import tseslint from "typescript-eslint";

/** A folder, and what nothing in it may import, written as paths that end in another folder. */
const arrows = [
  {
    files: ["handlers/**"],
    forbidden: ["@pulumi/*", "**/components/**", "**/local/**", "**/policy-pack/**"],
    because: "Handlers know nothing of Pulumi, nor of what deploys or runs them.",
  },
  {
    files: ["./index.ts", "components/**", "package/**"],
    forbidden: ["**/local/**", "**/policy-pack/**"],
    because: "The program is the same wherever it runs.",
  },
  {
    files: ["bootstrap/**"],
    forbidden: ["**/handlers/**", "**/local/**", "**/policy-pack/**"],
    because: "The account is prepared by the program's own parts.",
  },
  {
    files: ["policy-pack/**"],
    forbidden: ["**/components/**", "**/handlers/**", "**/local/**"],
    because: "The policy pack judges any program.",
  },
  {
    files: ["local/**"],
    forbidden: ["**/components/**", "**/handlers/**", "**/policy-pack/**"],
    because: "The local run runs any program.",
  },
  {
    files: ["client/src/**"],
    forbidden: [
      "node:*",
      "@*/**",
      "**/components/**",
      "**/handlers/**",
      "**/local/**",
      "**/policy-pack/**",
    ],
    because: "The client runs in browsers, and needs nothing else.",
  },
  {
    files: ["views/**"],
    forbidden: ["**/components/**", "**/policy-pack/**", ...allBut("local", "page", "ui", "kit")],
    because: "Views show the program with what the page's kit has.",
  },
  {
    files: ["views/welcome.ts"],
    forbidden: [
      "@pulumi/*",
      "**/components/**",
      "**/handlers/**",
      ...allBut("local", "cli", "welcome-commands"),
    ],
    because: "Commands to paste are made of what they are given.",
  },
];

/**
 * All that is in a folder but one below it. As in a .gitignore, nothing is let in again below what is
 * left out.
 */
function allBut(folder: string, ...path: string[]): string[] {
  return path.flatMap((name, depth) => {
    const parent = ["**", folder, ...path.slice(0, depth)].join("/");
    return [`${parent}/*`, `!${parent}/${name}`];
  });
}

/** Rules that Oxlint has not: the compiler refuses what the first two find, and private members make classes differ. */
const unknownRules = [
  "no-dupe-args",
  "no-octal",
  "@typescript-eslint/no-unsafe-class-instance-assignment",
];

/** Sets of rules of ESLint and its plugins, the later before the earlier, under Oxlint's names. */
function rulesOf(...sets: readonly { rules?: object }[]): DummyRuleMap {
  const rules = Object.assign({}, ...sets.map((set) => set.rules)) as DummyRuleMap;
  return Object.fromEntries(
    Object.entries(rules)
      .filter(([name, rule]) => rule !== "off" && !unknownRules.includes(name))
      .map(([name, rule]) => [name.replace("@typescript-eslint/", "typescript/"), rule]),
  );
}

export default defineConfig({
  options: {
    typeAware: true,
    typeCheck: true,
    denyWarnings: true,
    reportUnusedDisableDirectives: "error",
  },
  plugins: ["typescript"],
  categories: { correctness: "off" },
  ignorePatterns: [
    "**/dist/**",
    "client/src/schema.ts",
    "bundle/**",
    "**/.local/**",
    "local/.*.cjs",
  ],
  overrides: [
    {
      files: ["**/*.js", "**/*.cjs", "**/*.mjs"],
      env: { node: true },
      rules: rulesOf(js.configs.recommended),
    },
    {
      files: ["**/*.ts", "**/*.tsx", "**/*.mts"],
      rules: {
        ...rulesOf(
          js.configs.recommended,
          ...tseslint.configs.strictTypeChecked,
          ...tseslint.configs.stylisticTypeChecked,
        ),
        "typescript/restrict-template-expressions": ["error", { allowNumber: true }],
        "typescript/no-extraneous-class": "off",
        "typescript/switch-exhaustiveness-check": "error",
        "max-lines": ["error", { max: 250, skipBlankLines: true, skipComments: true }],
        "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
        complexity: ["error", 15],
        eqeqeq: "error",
      },
    },
    {
      files: ["tests/**/*.ts", "local/tests/**/*.ts"],
      rules: {
        "max-lines": "off",
        "max-lines-per-function": "off",
        // What is not there fails a test by that.
        "no-unsafe-optional-chaining": "off",
        "no-restricted-properties": [
          "error",
          {
            property: "waitForFunction",
            message: "Wait for an element: pages that forbid eval refuse all but its first look.",
          },
        ],
      },
    },
    ...arrows.map(({ files, forbidden, because }): OxlintOverride => ({
      files: files.map((pattern) => pattern.replace(/\*\*$/, "**/*.{ts,tsx}")),
      rules: {
        "no-restricted-imports": ["error", { patterns: [{ group: forbidden, message: because }] }],
      },
    })),
  ],
});
