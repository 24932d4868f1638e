// SPDX-FileCopyrightText: The ossay authors
// SPDX-License-Identifier: EUPL-1.2
//
// Lints the files of a folder and prints [{rule, path, line}], one JSON array.
// A candidate's own settings are code and are never loaded.

import angular from "@angular-eslint/eslint-plugin-template";
import angularParser from "@angular-eslint/template-parser";
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
// A rule that is asked for some elements alone is named with them: "a/rule <html> lang".
const on = (prefix, cut = 0) =>
  Object.fromEntries(
    Object.entries(rules).filter(([name]) => name.startsWith(prefix)).map(([name, options]) => [name.split(" ")[0].slice(cut), ["error", ...options]]),
  );
const told = [];
const tell = (rule, message, path, line) => {
  const [, element, attribute] = /<([\w-]+)\/?>(?:[^"]*"([\w-]+)")?/.exec(message) ?? [];
  const names = [rule, `${rule} <${element}>`, `${rule} <${element}> ${attribute}`];
  const asked = names.find((name) => name in rules);
  if (asked) told.push({ rule: asked, path, line });
};
const unreadable = (path) => told.push({ rule: "unreadable", path, line: 0 });
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
  {
    files: ["**/*.component.html"],
    plugins: { "@angular-eslint/template": angular },
    languageOptions: { parser: angularParser },
    rules: on("@angular-eslint/template/"),
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
const linted = ["**/*.vue", "**/*.jsx", "**/*.tsx", "**/*.js", "**/*.component.html"];
for (const { filePath, messages } of await eslint.lintFiles(linted)) {
  for (const { ruleId, line, message } of messages) {
    const path = relative(folder, filePath);
    if (ruleId) tell(ruleId, message, path, line ?? 0);
    else unreadable(path);
  }
}

const html = new HtmlValidate({
  root: true,
  elements: ["html5"],
  rules: on("html/", 5),
});
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || /\.(vue|jsx|tsx|js)$/.test(entry.name)) continue;
  const path = join(entry.parentPath, entry.name);
  const isAngular = entry.name.endsWith(".component.html");
  // A directive in a comment would switch rules off; it is made a plain comment.
  const source = readFileSync(path, "utf8").replaceAll("[html-validate", "(html-validate");
  try {
    for (const { messages } of (await html.validateString(source, "page.html")).results) {
      for (const { ruleId, line, message } of messages) {
        // What the linter for Angular asks is not asked twice.
        if (isAngular && ["wcag/h37", "wcag/h30", "text-content", "area-alt", "wcag/h36"].includes(ruleId)) continue;
        if (ruleId === "parser-error") unreadable(relative(folder, path));
        else tell(`html/${ruleId}`, message, relative(folder, path), line);
      }
    }
  } catch {
    unreadable(relative(folder, path));
  }
}
process.stdout.write(JSON.stringify(told));
