# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Names, calls, settings and styles that are signs of something; data, no code."""

from collections.abc import Mapping

Rows = Mapping[str, tuple[tuple[bytes, bytes], ...]]
"""
What a reader is told was seen: the texts that show it, each with a pattern that has
to match where the text stands ("" for none). A pattern may look behind itself.
"""

TEST_TOOLS = """
@axe-core/ @guidepup/ @lhci/cli @sa11y/ @storybook/addon-a11y dequelabs/
@testcafe-community/axe Deque.AxeCore accessibility-checker
accessibility-test-framework axe-core axe-core-api axe-core-capybara
axe-core-cucumber axe-core-rspec axe-playwright axe-playwright-python
axe-selenium-python axe-testcafe axe-webdriverjs capybara-accessible com.deque
cypress-axe espresso-accessibility html-validate jest-axe lighthouse-ci nightwatch-axe
nightwatch-axe-verbose pa11y pa11y-ci
react-axe storybook-addon-a11y treosh/lighthouse-ci-action vitest-axe vue-axe
"""
"""Packages and actions; each begins and ends a name, scopes and groups only begin."""

LIGHTHOUSE: Rows = {
    "lighthouse": (
        (b'"lighthouse"', rb'"lighthouse"\s{0,3}:'),
        (b"lhci ", rb"(?<![\w-])lhci (?:autorun|collect)"),
    ),
}

TEST_USES: Rows = {
    "axe": (
        (b"toHaveNoViolations", b""),
        (b"checkA11y(", b""),
        (b"injectAxe(", b""),
        (b"AxeBuilder", b""),
        (b"AxePuppeteer", b""),
        (b"be_axe_clean", b""),
        (b"axe.run(", rb"(?<!\w)axe\.run\("),
    ),
    "Android accessibility checks": (
        (b"AccessibilityChecks.enable", b""),
        (b"enableAccessibilityChecks(", b""),
    ),
    "Xcode accessibility audit": ((b"performAccessibilityAudit", b""),),
    "Flutter accessibility guidelines": ((b"meetsGuideline(", b""),),
}

LINT_PLUGINS = """
@double-great/stylelint-a11y eslint-plugin-jsx-a11y eslint-plugin-lit-a11y
eslint-plugin-react-native-a11y eslint-plugin-vue-a11y
eslint-plugin-vuejs-accessibility erblint-github stylelint-a11y
"""

_SWITCHED_ON = rb"[\"']?\s{0,20}[:=]\s{0,20}\[?\s{0,20}[\"']?(?:error|warn|[12]\b)"
"""How ESLint's settings follow the name of a rule that is on."""

LINT_ON: Rows = {
    "jsx-a11y": (
        (b"jsx-a11y/", rb"jsx-a11y/(?:recommended|strict)\b"),
        (b"jsx-a11y/", rb"jsx-a11y/[a-z-]{3,60}" + _SWITCHED_ON),
        (b"jsxA11y", rb"jsxA11y\w{0,20}\.(?:flatConfigs|configs)\b"),
    ),
    "vuejs-accessibility": (
        (b"vuejs-accessibility/", rb"vuejs-accessibility/recommended\b"),
        (b"vuejs-accessibility/", rb"vuejs-accessibility/[a-z-]{3,60}" + _SWITCHED_ON),
        (b"ueA11y.configs", b""),
        (b"ueAccessibility.configs", b""),
    ),
    "vue-a11y": ((b"plugin:vue-a11y/", b""),),
    "lit-a11y": ((b"plugin:lit-a11y/", b""),),
    "react-native-a11y": ((b"plugin:react-native-a11y/", b""),),
    "Angular template rules": (
        (b"template/accessibility", b""),
        (b"templateAccessibility", b""),
        (
            b"template/",
            rb"template/(?:alt-text|click-events-have-key-events|elements-content"
            rb"|interactive-supports-focus|label-has-associated-control"
            rb"|mouse-events-have-key-events|no-autofocus|no-positive-tabindex"
            rb"|role-has-required-aria|table-scope|valid-aria)" + _SWITCHED_ON,
        ),
    ),
    "stylelint a11y": (
        (b"stylelint-a11y/recommended", b""),
        (b"a11y/", rb"(?<=[\"'])a11y/[a-z-]{3,60}[\"']\s{0,5}:\s{0,5}\[?\s{0,5}true"),
    ),
    "Biome a11y": ((b'"a11y"', rb'"a11y"\s{0,9}:\s{0,9}(?:\{|"(?:error|warn|on))'),),
    "ERB Lint accessibility": (
        (b"GitHub::Accessibility", b""),
        (b"accessibility:", b""),
    ),
    "airbnb configuration, which has jsx-a11y": (
        (b"airbnb", rb"(?<=[\"'])airbnb(?:-typescript)?[\"']"),
    ),
    "react-app configuration, which has some of jsx-a11y": (
        (b"react-app", rb"(?<=[\"'])react-app[\"'](?!\s{0,5}:)"),
    ),
    "Next.js configuration, which has some of jsx-a11y": (
        (b"next/core-web-vitals", b""),
    ),
    "djLint": ((b"djlint", rb"(?<![\w-])djlint(?![\w])"),),
    "markuplint": ((b"markuplint", rb"(?<![\w-])markuplint(?![\w])"),),
    "ember-template-lint": ((b"ember-template-lint", b""),),
    "Android lint": (
        (
            b"ContentDescription",
            rb'ContentDescription"\s{1,9}severity="(?:error|warning|fatal)',
        ),
    ),
}

PREFERENCES: Rows = {
    "reduced motion": (
        (b"prefers-reduced-motion", b""),
        (b"motion-reduce:", rb"(?<=[\s\"'`])motion-reduce:[a-z]"),
        (b"motion-safe:", rb"(?<=[\s\"'`])motion-safe:[a-z]"),
        (b"educeMotionEnabled", rb"(?<=[rR])educeMotionEnabled\b"),
        (b"accessibilityReduceMotion", b""),
        (b"disableAnimations", rb"(?<=\.)disableAnimations\b"),
    ),
    "more contrast": (
        (b"prefers-contrast", b""),
        (b"contrast-more:", rb"(?<=[\s\"'`])contrast-more:[a-z]"),
        (b"DarkerSystemColorsEnabled", b""),
    ),
    "forced colours": (
        (b"forced-color", rb"\(\s{0,3}forced-colors|forced-color-adjust"),
        (b"(forced-colors", b""),
        (b"-ms-high-contrast", b""),
    ),
    "text size": (
        (b"adjustsFontForContentSizeCategory", b""),
        (b"preferredFont(forTextStyle", b""),
        (b"preferredFontForTextStyle", b""),
    ),
}

ZOOM_BLOCKED: Rows = {
    "asks that nobody can enlarge the page": (
        (b"user-scalable", rb"user-scalable\s{0,3}=\s{0,3}(?:no|0)\b"),
        (b"maximum-scale", rb"maximum-scale\s{0,3}=\s{0,3}[01](?:\.\d{1,3})?(?![\d.])"),
        (b"userScalable", rb"userScalable\s{0,3}:\s{0,3}(?:false\b|[\"']no[\"'])"),
        (b"maximumScale", rb"maximumScale\s{0,3}:\s{0,3}[01](?:\.\d{1,3})?(?![\d.])"),
    ),
}
"""Text has to grow to twice its size (WCAG 1.4.4), so that a limit below 2 is one."""

NO_OUTLINE: Rows = {
    "outline taken away": (
        (
            b"outline",
            rb"(?<![\w$@-])outline(?:-style|-width|Style|Width)?\s{0,3}:\s{0,5}[\"']?"
            rb"(?:none|0(?:px|r?em)?)(?![\w.-])",
        ),
        (
            b"outline-none",
            rb"(?<=focus:)outline-none\b|(?<=focus-visible:)outline-none",
        ),
    ),
}

SKIP_LINKS: Rows = {
    "skip link": (
        (b"skip-link", rb"(?<![a-z])skip-links?(?![a-z])"),
        (b"skiplink", rb"(?<![a-z])skiplinks?(?![a-z])"),
        (b"skip-nav", b""),
        (b"skipnav", b""),
        (b"skip-to-", rb"skip-to-(?:main|content|nav)"),
        (b"skip_link", rb"(?<![a-z])skip_links?(?![a-z])"),
        (b"kipLink", rb"(?<=[sS])kipLinks?(?![a-z])"),
        (b"kipTo", rb"(?<=[sS])kipTo(?:Main|Content|MainContent)\b"),
        (b"kipNav", rb"(?<=[sS])kipNav(?:Link|Content|igation)?\b"),
        (b"kip to", rb"(?<=[sS])kip to (?:the )?(?:main|page |content|navigation)"),
        (b"kip navigation", rb"(?<=[sS])kip navigation"),
        (b"Aller au contenu", b""),
        (b"Zum Inhalt", b""),
        (b"altar al contenido", b""),
        (b"Vai al contenuto", b""),
        (b"para o conte", rb"para o conte(?:\xc3\xba|u)do"),
    ),
}

LIVE_REGIONS: Rows = {
    "live region": (
        (b"aria-live", rb"aria-live[\"']?\]?\s{0,3}[=:,]\s{0,3}(?![\"']off)"),
        (b"ariaLive", rb"ariaLive\s{0,3}[=:]\s{0,3}(?![\"']off)"),
        (b"role=", rb"(?<=\s)role=\{?[\"'](?:alert|status|log)[\"']"),
        (b"role:", rb"(?<=\s)role:\s{0,3}[\"'](?:alert|status|log)[\"']"),
        (b"LiveAnnouncer", b""),
    ),
    "announcement to a screen reader": (
        (b"announceForAccessibility", b""),
        (b"ccessibilityLiveRegion", b""),
        (b"UIAccessibility.post", b""),
        (b"SemanticsService.announce", b""),
        (
            b"liveRegion",
            rb"(?<![a-z])liveRegion\s{0,3}[:=]\s{0,3}(?:true|LiveRegionMode)",
        ),
    ),
}

RIGHT_TO_LEFT: Rows = {
    "direction set to right to left": (
        (b"dir=", rb"(?<=[\s<])dir=[\"']rtl"),
        (b"direction:", rb"direction:\s{0,3}[\"']?rtl\b"),
        (b"TextDirection.rtl", b""),
        (b"LayoutDirection.Rtl", b""),
        (b"forceRTL", b""),
        (b"forceRightToLeft", b""),
        (b"RightToLeft", rb"(?<=[:.=\"'])RightToLeft\b"),
    ),
    "direction taken from the text": ((b"dir=", rb"(?<=[\s<])dir=[\"']auto"),),
    "direction of the page set by the software": (
        (b"document.dir", rb"document\.dir\s{0,3}=(?!=)"),
        (b"documentElement.dir", rb"documentElement\.dir\s{0,3}=(?!=)"),
        (b"setAttribute(", rb"setAttribute\(\s{0,3}[\"']dir[\"']"),
        (
            b"<html",
            rb"<html[^>]{0,300}\s\[?(?:attr\.)?dir\]?=(?![\"']?(?:ltr|rtl|auto))",
        ),
        (b"LANGUAGE_BIDI", b""),
        (b"setLayoutDirection", b""),
    ),
    "styles for right to left": (
        (b"[dir=", rb"\[dir=[\\\"']{0,2}rtl"),
        (b":dir(rtl)", b""),
        (b"rtl:", rb"(?<=[\s\"'`])rtl:[a-z][a-z-]{1,20}-"),
        (b"is-rtl", rb"(?<![\w-])is-rtl\b"),
    ),
    "asks whether text runs from right to left": (
        (b"isRightToLeft()", b""),
        (b"is_rtl", rb"(?<!\w)is_rtl\b"),
        (b"isRTL", rb"(?<!\w)isRTL\b"),
        (b"isRtl", rb"(?<!\w)isRtl\b"),
    ),
    "Android turns layouts round": ((b'supportsRtl="true"', b""),),
}

RIGHT_TO_LEFT_TOOLS: Rows = {
    "stylesheets are turned round": (
        (b"rtlcss", rb"(?<![\w])(?:postcss-)?rtlcss\b"),
        (b"postcss-rtl", rb"postcss-rtl\b"),
        (b"stylis-plugin-rtl", b""),
        (b"jss-rtl", rb"(?<![\w-])jss-rtl\b"),
        (b"rtl-css-js", b""),
        (b"tailwindcss-rtl", b""),
    ),
}

LOGICAL: Rows = {
    "CSS logical properties": (
        (b"-inline-start", b""),
        (b"-inline-end", b""),
        (b"text-align:", rb"text-align:\s{0,3}(?:start|end)\b"),
        (b"nInlineStart", rb"(?<=margi)nInlineStart"),
        (b"gInlineStart", rb"(?<=paddin)gInlineStart"),
    ),
}

OFFLINE: Rows = {
    "service worker": ((b"serviceWorker", rb"serviceWorker\s{0,40}\.register\("),)
}
"""A web app that can be installed is no sign: it may show nothing without a line."""

OFFLINE_TOOLS: Rows = {
    "service worker": (
        (b"workbox-", rb"(?<=[\"'/])workbox-[a-z]"),
        (b"next-pwa", rb"(?<=[\"'/])next-pwa\b"),
        (b"vite-plugin-pwa", b""),
        (b"@angular/service-worker", b""),
        (b"@angular/pwa", b""),
        (b"@vue/cli-plugin-pwa", b""),
        (b"sw-precache", rb"(?<=[\"'])sw-precache"),
        (b"offline-plugin", rb"(?<=[\"'])offline-plugin[\"']"),
        (b"@serwist/", b""),
    ),
}

STORES: Rows = {
    "IndexedDB": ((b"indexedDB.open", b""),),
    "Room": ((b"androidx.room", b""),),
    "SQLite on the device": ((b"SQLiteOpenHelper", b""),),
    "Core Data": ((b"NSPersistentContainer", b""),),
}

STORE_TOOLS: Rows = {
    "PouchDB": ((b"pouchdb", rb"(?<=[\"'])pouchdb"),),
    "Dexie": ((b"dexie", rb"(?<=[\"'])dexie[\"']"),),
    "localForage": ((b"localforage", rb"(?<=[\"'])localforage[\"']"),),
    "IndexedDB": ((b"idb", rb"(?<=[\"'])idb[\"']"),),
    "RxDB": ((b"rxdb", rb"(?<=[\"'])rxdb[\"'/]"),),
    "WatermelonDB": ((b"@nozbe/watermelondb", b""),),
    "Room": ((b"androidx.room", b""),),
    "SQLite on the device": (
        (b"sqflite", rb"(?<![\w])sqflite\b"),
        (b"expo-sqlite", b""),
        (b"react-native-sqlite-storage", b""),
        (b"react-native-quick-sqlite", b""),
    ),
    "Realm": ((b"realm", rb"(?<=[\"'])realm[\"']\s{0,3}:"),),
}

BUDGETS_IN_CODE: Rows = {
    "size limit": (
        (b"maxAssetSize", rb"maxAssetSize[\"']?\s{0,3}:"),
        (b"maxEntrypointSize", rb"maxEntrypointSize[\"']?\s{0,3}:"),
    ),
}

BUDGETS: Rows = {
    "size limit": (
        (b"size-limit", rb"(?<=[\"'/@])size-limit[\"'/]"),
        (b"bundlesize", rb"(?<=[\"'])bundlesize2?[\"']"),
    ),
    "performance budget": (
        (
            b'"budgets"',
            rb'"budgets"\s{0,5}:\s{0,5}\[\s{0,60}\{[^{}]{0,300}"(?:type|path|maximum\w{1,20})"',
        ),
        (b'"resourceSizes"', b""),
        (b'"resourceCounts"', b""),
        (b"performance-budget", b""),
        (b"resource-summary", rb"resource-summary:"),
        (b"total-byte-weight", b""),
    ),
}

LIGHT: Rows = {
    "images made small for each screen": (
        (b"next/image", rb"(?<=[\"'])next/image[\"']"),
    ),
    "reduced data on request": (
        (b"prefers-reduced-data", b""),
        (b"connection.saveData", b""),
        (b"Save-Data", rb"(?<![\w-])Save-Data\b"),
    ),
}

LIGHT_TOOLS: Rows = {
    "images made small in the build": (
        (b"imagemin", rb"(?<=[\"'-])imagemin[\"'-]"),
        (b"image-webpack-loader", b""),
        (b"vite-imagetools", b""),
        (b"gatsby-plugin-image", b""),
        (b"@nuxt/image", b""),
    ),
    "files compressed in the build": (
        (b"compression-webpack-plugin", b""),
        (b"vite-plugin-compression", b""),
    ),
}

MESSAGES: Rows = {
    "USSD": ((b"USSD", rb"(?<![A-Z])USSD(?![A-Z])"), (b"ussd", rb"(?<![a-z])ussd")),
    "RapidPro": ((b"rapidpro", b""), (b"RapidPro", b"")),
    "Africa's Talking": ((b"africastalking", b""), (b"AfricasTalking", b"")),
    "SMS gateway": (
        (b"smssync", b""),
        (b"SMSSync", b""),
        (b"medic-gateway", b""),
        (b"cht-gateway", b""),
        (b"frontlinesms", b""),
        (b"FrontlineSms", b""),
        (b"sms_gateway", b""),
        (b"sms-gateway", b""),
        (b"SmsGateway", b""),
        (b"smsGateway", b""),
        (b"kannel", rb"(?<![a-z])kannel\b"),
    ),
}

TOOLKITS: Rows = {
    "Swing": ((b"javax.swing.", rb"javax\.swing\.(?:J|\*)"),),
    "JavaFX": ((b"import javafx.", b""),),
    "Odoo views": ((b"ir.ui.view", rb"ir\.ui\.view[\"']"),),
    "SWT": ((b"import org.eclipse.swt", b""),),
    "Vaadin": ((b"import com.vaadin.", b""),),
    "Jetpack Compose": ((b"androidx.compose.", b""), (b"@Composable", b"")),
    "Android views": (
        (b"import android.widget.", b""),
        (b"import android.app.Activity", b""),
        (b"AppCompatActivity", b""),
    ),
    "SwiftUI": ((b"import SwiftUI", b""),),
    "UIKit": ((b"import UIKit", b""), (b"<UIKit/", b"")),
    "AppKit": ((b"import AppKit", b""), (b"<Cocoa/Cocoa.h>", b"")),
    "Flutter": (
        (b"package:flutter/", rb"package:flutter/(?:material|widgets|cupertino)\.dart"),
    ),
    "Tk": (
        (b"import tkinter", b""),
        (b"from tkinter", b""),
        (b"import Tkinter", b""),
    ),
    "Qt": (
        (b"PyQt", rb"(?<=\s)PyQt[456](?:\.QtWidgets|\s|\.QtGui)"),
        (b"PySide", rb"(?<=\s)PySide[26]?(?:\.QtWidgets|\s|\.QtGui)"),
        (b"<QtWidgets", b""),
        (b"<QWidget>", b""),
        (b"<QMainWindow>", b""),
        (b"<QApplication>", b""),
        (b"<QDialog>", b""),
    ),
    "GTK": (
        (b"<gtk/gtk.h>", b""),
        (b"gi.require_version(", rb"gi\.require_version\(\s{0,3}[\"']Gtk"),
    ),
    "wxWidgets": ((b"#include <wx/", b""), (b"import wx\n", b"")),
    "Kivy": ((b"from kivy.", b""),),
    "Streamlit": ((b"import streamlit", b""),),
    "Gradio": ((b"import gradio", b""),),
    "Shiny": ((b"fluidPage(", b""), (b"shinyUI(", b"")),
    "Windows Forms": ((b"using System.Windows.Forms", b""),),
    "WPF": ((b"using System.Windows.Controls", b""),),
    "MAUI": ((b"using Microsoft.Maui", b""), (b"using Xamarin.Forms", b"")),
    "Avalonia": ((b"using Avalonia", b""),),
    "Fyne": ((b"fyne.io/fyne", b""),),
    "egui": ((b"use eframe", b""),),
    "React": (
        (b"react", rb"(?<=[\"'])react(?:-native)?[\"'](?!\s{0,3}:)"),
        (b"preact", rb"(?<=[\"'])preact(?:/hooks)?[\"'](?!\s{0,3}:)"),
    ),
    "Vue": ((b"vue", rb"(?<=from [\"'])vue[\"']"),),
    "Angular": ((b"@angular/core", rb"(?<=[\"'])@angular/core[\"'](?!\s{0,3}:)"),),
    "Lit": ((b"lit", rb"(?<=from [\"'])lit(?:-element|-html)?[\"']"),),
}

MARKUP: Rows = {
    "a whole page": (
        (b"<!DOCTYPE html", b""),
        (b"<!doctype html", b""),
        (b"<html", rb"<html[\s>]"),
        (b"<body", rb"<body[\s>]"),
        (b"<form", rb"<form[\s>]"),
    ),
}

FRAGMENTS: Rows = {
    "markup of a page": (
        (b"<input", b""),
        (b"<button", b""),
        (b"<div", b""),
        (b"<table", b""),
        (b"<a href", b""),
    ),
}

CONFORMANCE: Rows = {
    "chapters": ((b"\nchapters:", b""),),
    "catalog": ((b"\ncatalog:", b""), (b"catalog:", rb"\Acatalog:")),
    "criteria": ((b"success_criteria_level_a:", b""),),
}
CATALOGUES: Rows = {"Qt Linguist": ((b"<TS ", rb"<TS (?:version|language)="),)}
