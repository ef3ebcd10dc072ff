// Where Pulumi begins when it runs this repository as a plugin. It would compile TypeScript by the
// tsconfig.json of whoever uses the plugin, in whose folder it runs it; so that is done here, by this one's.
"use strict";

const { join } = require("node:path");
const { componentProviderHost } = require("@pulumi/pulumi/provider/experimental");

process.env.TSX_TSCONFIG_PATH = join(__dirname, "tsconfig.json");
const { require: requireTypeScript } = require("tsx/cjs/api");

const { name, version } = require("../package.json");
const components = Object.values(requireTypeScript("./index.ts", __filename));

// Not left to Pulumi, which would have all of the repository's TypeScript analysed for the schema.
void componentProviderHost({ name, version, dirname: __dirname, components });
