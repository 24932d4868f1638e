# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Design systems and libraries of components, by what brings them; data, and names."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

_SYSTEMS = """
GOV.UK Design System | npm:govuk-frontend npm:govuk-react gem:govuk-components
    gem:govuk_design_system_formbuilder gem:govuk_publishing_components
    pypi:govuk-frontend-jinja pypi:crispy-forms-gds pypi:govuk-frontend-wtf
    file:govuk-frontend
NHS design system | npm:nhsuk-frontend npm:nhsuk-react-components
    pypi:nhsuk-frontend-jinja
USWDS | npm:uswds npm:@uswds/uswds npm:@trussworks/react-uswds file:uswds
VA.gov Design System | npm:@department-of-veterans-affairs/component-library
DSFR | npm:@gouvfr/dsfr npm:@codegouvfr/react-dsfr npm:@gouvminint/vue-dsfr
    pypi:django-dsfr gem:dsfr-view-components file:dsfr
Bootstrap Italia | npm:bootstrap-italia npm:design-react-kit npm:design-angular-kit
    pypi:django-bootstrap-italia file:bootstrap-italia
Europa Component Library | npm:@ecl/preset-eu npm:@ecl/preset-ec
Designsystemet | npm:@digdir/designsystemet-react npm:@digdir/designsystemet-css
Aksel | npm:@navikt/ds-react npm:@navikt/ds-css
DKFDS | npm:dkfds
KERN | npm:@kern-ux/native npm:@kern-ux/core
Public UI KoliBri | npm:@public-ui/components npm:@public-ui/react
NL Design System | npm:@utrecht/component-library-css
    npm:@utrecht/component-library-react npm:@utrecht/components
    npm:@rijkshuisstijl-community/components-css
Suomi.fi | npm:suomifi-ui-components
Helsinki Design System | npm:hds-react npm:hds-core
Scottish Government Design System | npm:@scottish-government/design-system
Ontario Design System | npm:@ongov/ontario-design-system-component-library
AgDS | npm:@ag.ds-next/react
Singapore Government Design System | npm:@govtechsg/sgds
    npm:@govtechsg/sgds-web-component
Gov.br Design System | npm:@govbr-ds/core npm:@govbr-ds/webcomponents
Poncho | npm:argob-poncho file:poncho
DHIS2 UI | npm:@dhis2/ui npm:@dhis2/ui-core
Kolibri Design System | npm:kolibri-design-system
Carbon | npm:@carbon/react npm:@carbon/styles npm:carbon-components
    npm:carbon-components-react npm:carbon-components-angular
    npm:@carbon/web-components
Material | npm:@mui/material npm:@material-ui/core npm:@angular/material
    npm:@material/web npm:material-components-web npm:react-native-paper npm:react-md
    npm:materialize-css maven:com.google.android.material
    maven:androidx.compose.material3 maven:androidx.compose.material
    pub:uses-material-design nuget:MaterialDesignThemes nuget:MudBlazor
    file:materialize
Vuetify | npm:vuetify
Quasar | npm:quasar
Bootstrap | npm:bootstrap npm:react-bootstrap npm:reactstrap npm:bootstrap-vue
    npm:bootstrap-vue-next npm:@ng-bootstrap/ng-bootstrap npm:ngx-bootstrap
    npm:bootstrap-sass npm:twbs/bootstrap npm:yiisoft/yii2-bootstrap5 gem:bootstrap
    gem:bootstrap-sass pypi:django-bootstrap4 pypi:django-bootstrap5
    pypi:crispy-bootstrap4 pypi:crispy-bootstrap5 pypi:flask-bootstrap
    pypi:bootstrap-flask nuget:bootstrap maven:org.webjars.npm:bootstrap
    maven:org.webjars:bootstrap file:bootstrap
Tabler | npm:@tabler/core file:tabler
AdminLTE | npm:admin-lte npm:almasaeed2010/adminlte file:adminlte
Primer | npm:@primer/react npm:@primer/css gem:primer_view_components
Prime | npm:primeng npm:primereact npm:primevue
Ant Design | npm:antd npm:ant-design-vue npm:ng-zorro-antd npm:antd-mobile
Element | npm:element-ui npm:element-plus
Chakra UI | npm:@chakra-ui/react npm:@chakra-ui/vue
Mantine | npm:@mantine/core
Radix | npm:@radix-ui/themes npm:radix-ui npm:@radix-ui/react-dialog
Headless UI | npm:@headlessui/react npm:@headlessui/vue
React Aria | npm:react-aria npm:react-aria-components npm:@adobe/react-spectrum
Fluent UI | npm:@fluentui/react npm:@fluentui/react-components
    npm:office-ui-fabric-react
Semantic UI | npm:semantic-ui npm:semantic-ui-react npm:fomantic-ui
    npm:semantic-ui-css file:fomantic file:semantic.min
Foundation | npm:foundation-sites gem:foundation-rails file:foundation.min
Bulma | npm:bulma npm:buefy npm:react-bulma-components pypi:django-bulma file:bulma
PatternFly | npm:@patternfly/react-core npm:@patternfly/patternfly npm:patternfly
    file:patternfly
Clarity | npm:@clr/angular npm:@clr/ui npm:@cds/core
Blueprint | npm:@blueprintjs/core
Grommet | npm:grommet
Polaris | npm:@shopify/polaris
Lightning | npm:@salesforce-ux/design-system
Ionic | npm:@ionic/angular npm:@ionic/react npm:@ionic/vue npm:@ionic/core
    npm:ionic-angular
UIkit | npm:uikit npm:uikit3 file:uikit.min
Vaadin | npm:@vaadin/bundles maven:com.vaadin
"""

_VERSION = (
    rb"\s{0,3}:\s{0,3}\"(?:[\^~<>=*\d]|v\d|[xX]\"|latest|next|npm:|workspace:|git[+:@]|https?:"
    rb"|file:|link:|portal:|catalog:|patch:|dev-|github:|\")"
)
"""How a version is given in JSON; the name of a script has a command instead."""
_PATTERNS = {
    "npm": rb"\"%s\"" + _VERSION,
    "gem": rb"(?:gem|add(?:_runtime)?_dependency)\s{0,3}\(?\s{0,3}[\"']%s[\"']",
    "pypi": rb"(?im)(?:^|[\s\"'])%s(?:\[[^\]\n]{0,60}\])?\s{0,2}(?:[=<>~!;,\"'@^]|$)",
    "maven": rb"[\"'>]%s[:\"'<]",
    "pub": rb"(?m)^\s{1,8}%s:\s{0,3}true",
    "nuget": rb"(?i)Include=\"%s\"",
}


def systems_named_in(content: bytes) -> Iterator[tuple[str, str, int]]:
    """Yield system, what brings it, and the line, for a package manifest."""
    small = content.lower()
    for system, word, name, pattern in _by_manifest():
        if name.lower() in small and (found := _ready(pattern).search(content)):
            yield system, word, content.count(b"\n", 0, found.end()) + 1


def system_of_file(path: str) -> str:
    """Return whose style sheet *path* is, by its name alone, or ""."""
    found = _files().search(path.rpartition("/")[2].lower())
    return _by_file()[found["name"]] if found else ""


def system_of_address(address: str) -> str:
    """Return whose style sheet is at *address*, on a host that serves many, or ""."""
    bare = re.split(r"[?#]", address, maxsplit=1)[0]
    return system_of_file(bare) if "/" in bare else ""


@cache
def _rows() -> Mapping[str, tuple[str, ...]]:
    rows: dict[str, tuple[str, ...]] = {}
    name = ""
    for line in _SYSTEMS.strip().split("\n"):
        if "|" in line:
            name, _, line = (part.strip() for part in line.partition("|"))
        rows[name] = (*rows.get(name, ()), *line.split())
    return rows


@cache
def _by_manifest() -> tuple[tuple[str, str, bytes, bytes], ...]:
    made = []
    for system, words in _rows().items():
        for word in words:
            kind, _, name = word.partition(":")
            if kind in _PATTERNS:
                literal = name.encode()
                pattern = _PATTERNS[kind].replace(b"%s", re.escape(literal))
                gate = literal.partition(b":")[0]
                made.append((system, name, gate, pattern))
    return tuple(made)


@cache
def _ready(pattern: bytes) -> "re.Pattern[bytes]":
    """Return *pattern* compiled; few manifests have a word that needs it."""
    return re.compile(pattern)


@cache
def _by_file() -> Mapping[str, str]:
    return {
        word.removeprefix("file:"): system
        for system, words in _rows().items()
        for word in words
        if word.startswith("file:")
    }


@cache
def _files() -> "re.Pattern[str]":
    names = "|".join(re.escape(name) for name in sorted(_by_file(), reverse=True))
    return re.compile(
        rf"^(?P<name>{names})(?:[-.]v?[0-9][0-9.]{{0,12}})?"
        r"(?:[-.](?:min|rtl|bundle|legacy|core|main)){0,3}\.(?:css|scss)$"
    )
