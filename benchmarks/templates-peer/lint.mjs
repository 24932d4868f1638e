// SPDX-FileCopyrightText: The ossay authors
// SPDX-License-Identifier: EUPL-1.2
//
// Lints the files of a folder and prints [{rule, path, line}], one JSON array.
// A candidate's own settings are code and are never loaded.

import { ESLint } from "eslint";
import jsx from "eslint-plugin-jsx-a11y";
import vue from "eslint-plugin-vuejs-accessibility";
import { HtmlValidate } from "html-validate";
import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import typescript from "@typescript-eslint/parser";
import vueParser from "vue-eslint-parser";

const [folder, rulesAsJson] = process.argv.slice(2);
const rules = JSON.parse(rulesAsJson);
const on = (prefix) =>
  Object.fromEntries(
    Object.entries(rules).filter(([name]) => name.startsWith(prefix)).map(([name, options]) => [name, ["error", ...options]]),
  );
const parserOptions = { ecmaFeatures: { jsx: true }, sourceType: "module", ecmaVersion: "latest" };
const config = [
  {
    files: ["**/*.vue"],
    plugins: { "vuejs-accessibility": vue },
    languageOptions: { parser: vueParser, parserOptions: { ...parserOptions, parser: typescript } },
    rules: on("vuejs-accessibility/"),
  },
  {
    files: ["**/*.jsx", "**/*.tsx", "**/*.js"],
    plugins: { "jsx-a11y": jsx },
    languageOptions: { parser: typescript, parserOptions },
    rules: on("jsx-a11y/"),
  },
];
const eslint = new ESLint({
  cwd: folder,
  overrideConfigFile: true,
  overrideConfig: config,
  allowInlineConfig: false,
  errorOnUnmatchedPattern: false,
  ignore: false,
});
const told = [];
for (const { filePath, messages } of await eslint.lintFiles(["**/*.vue", "**/*.jsx", "**/*.tsx", "**/*.js"])) {
  for (const { ruleId, line } of messages) {
    told.push({ rule: ruleId ?? "unreadable", path: relative(folder, filePath), line: line ?? 0 });
  }
}

const html = new HtmlValidate({
  root: true,
  elements: ["html5"],
  rules: Object.fromEntries(
    Object.entries(rules).filter(([name]) => name.startsWith("html/")).map(([name, options]) => [name.slice(5), ["error", ...options]]),
  ),
});
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || /\.(vue|jsx|tsx|js)$/.test(entry.name)) continue;
  const path = join(entry.parentPath, entry.name);
  // A directive in a comment would switch rules off; it is made a plain comment.
  const source = readFileSync(path, "utf8").replaceAll("[html-validate", "(html-validate");
  try {
    for (const { messages } of (await html.validateString(source, "page.html")).results) {
      for (const { ruleId, line } of messages) {
        told.push({ rule: `html/${ruleId}`, path: relative(folder, path), line });
      }
    }
  } catch {
    told.push({ rule: "unreadable", path: relative(folder, path), line: 0 });
  }
}
process.stdout.write(JSON.stringify(told));
