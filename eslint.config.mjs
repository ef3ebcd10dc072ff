import js from "@eslint/js";
import pulumi from "@pulumi/eslint-plugin";
import tseslint from "typescript-eslint";

/**
 * All that is in a folder but one below it. As in a .gitignore, nothing is let in again below what is
 * left out.
 */
function allBut(folder, ...path) {
  return path.flatMap((name, depth) => {
    const parent = ["**", folder, ...path.slice(0, depth)].join("/");
    return [`${parent}/*`, `!${parent}/${name}`];
  });
}

/** A folder, and what nothing in it may import, written as paths that end in another folder. */
const arrows = [
  {
    files: ["handlers/**"],
    forbidden: ["@pulumi/*", "**/components/**", "**/local/**", "**/policy-pack/**"],
    because: "Handlers know nothing of Pulumi, nor of what deploys or runs them.",
  },
  {
    files: ["index.ts", "components/**", "package/**"],
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

export default tseslint.config(
  { ignores: ["**/dist/**", "client/src/schema.ts", "bundle/**", "**/.local/**", "local/.*.cjs"] },
  js.configs.recommended,
  {
    files: ["**/*.ts", "**/*.tsx", "**/*.mts"],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    plugins: { "@pulumi": pulumi },
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-extraneous-class": "off",
      // They take a seventh of the time for what hardly comes up: there are no enums, and private members
      // keep other objects from being taken for instances.
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
      "@typescript-eslint/no-unsafe-enum-assignment": "off",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@pulumi/no-output-in-template-literal": "error",
      "@pulumi/no-output-instance-in-template-literal": "off",
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
      "no-restricted-properties": [
        "error",
        {
          property: "waitForFunction",
          message: "Wait for an element: pages that forbid eval refuse all but its first look.",
        },
      ],
    },
  },
  {
    files: ["package/index.js"],
    languageOptions: {
      sourceType: "commonjs",
      globals: {
        __dirname: "readonly",
        __filename: "readonly",
        process: "readonly",
        require: "readonly",
      },
    },
  },
  ...arrows.map(({ files, forbidden, because }) => ({
    files: files.map((pattern) => pattern.replace(/\*\*$/, "**/*.{ts,tsx}")),
    rules: {
      "no-restricted-imports": ["error", { patterns: [{ group: forbidden, message: because }] }],
    },
  })),
);
