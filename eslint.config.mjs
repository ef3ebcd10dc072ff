import pulumi from "@pulumi/eslint-plugin";
import tseslint from "typescript-eslint";

/** What Pulumi's own plugin finds, for which Oxlint has no types. All else is in `oxlint.config.mts`. */
export default tseslint.config(
  { ignores: ["**/*.js"] },
  {
    files: ["index.ts", "components/**/*.ts", "package/**/*.ts", "bootstrap/**/*.ts"],
    plugins: { "@pulumi": pulumi },
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { project: "tsconfig.eslint.json", tsconfigRootDir: import.meta.dirname },
    },
    rules: { "@pulumi/no-output-in-template-literal": "error" },
  },
);
