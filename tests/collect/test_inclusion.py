# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What a tree shows of lines, devices and readers is told, and nothing read into it."""

from collections.abc import Mapping

import pytest

from ossay.collect._gathering import gather
from ossay.collect.accessibility import NO_INTERFACE
from ossay.collect.inclusion import COLLECTOR, facts, weights
from ossay.collect.inclusion.devices import NO_ANDROID
from ossay.collect.inclusion.devices import NO_PAGES as NO_BROWSERS
from ossay.collect.inclusion.loading import MOST_PLACES, loads_in
from ossay.collect.inclusion.page import MOST_NAMED, page_in, style_in
from ossay.collect.inclusion.weights import MADE, UNNAMED, TreeFiles
from ossay.collect.inclusion.weights import NO_PAGES as NO_WHOLE_PAGES
from ossay.model.evidence import Answered, Gap, Inapplicable, Item, Observation
from tests.collect.trees import DictTree, given

PAGE = {"src/App.vue": "<template><p>Hello</p></template>"}

Files = Mapping[str, str | bytes]


def answers(tree: DictTree) -> dict[str, Answered]:
    said, _ = gather(COLLECTOR, given(tree))
    return {answer.fact.removeprefix("inclusion."): answer for answer in said}


def answer(fact: str, files: Files) -> Answered:
    return answers(DictTree(files))[fact]


def value_of(answer: Answered) -> object:
    assert isinstance(answer, Observation), answer
    return answer.value


# -------------------------------------------------------------------- assets


def test_images_fonts_and_films_are_added_up_and_the_largest_of_each_kind_named() -> (
    None
):
    said = answer(
        "assets_bytes",
        {
            "a.png": b"1" * 10,
            "static/vendor/b.SVG": b"1" * 30,
            "c.woff2": b"1" * 5,
            "d.js": b"1" * 1_000,
            "docs/e.png": b"1" * 100,
            "tests/f.png": b"1" * 100,
            "examples/g.mp4": b"1" * 100,
        },
    )

    assert isinstance(said, Observation)
    assert said.value == 45
    assert [(item.subject, item.note) for item in said.items] == [
        ("c.woff2", "fonts: 5 bytes in 1 file, this being the largest (5)"),
        (
            "static/vendor/b.SVG",
            "images: 40 bytes in 2 files, this being the largest (30)",
        ),
    ]


# ---------------------------------------------------- hosts of others


LEAFLET = '<script src="https://unpkg.com/leaflet@1.9/dist/leaflet.js"></script>'


@pytest.mark.parametrize(
    ("path", "content", "host"),
    [
        ("a.html", LEAFLET, "unpkg.com"),
        ("a.html", "<script src=//cdn.other.org/x.js></script>", "cdn.other.org"),
        (
            "a.html",
            '<link href="https://fonts.googleapis.com/css2?family=X" rel="stylesheet">',
            "fonts.googleapis.com",
        ),
        (
            "a.html",
            '<link\n  rel="preconnect"\n  href="https://fonts.gstatic.com" async>',
            "fonts.gstatic.com",
        ),
        ("a.twig", '<iframe src="https://www.youtube.com/embed/x">', "www.youtube.com"),
        ("a.erb", "<img src='https://cdn.other.org/<%= name %>.png'>", "cdn.other.org"),
        (
            "a.html",
            '<img srcset="a.png 1x, https://cdn.other.org/b.png 2x">',
            "cdn.other.org",
        ),
        ("a.vue", "<img :src=\"'https://cdn.other.org/x.png'\">", "cdn.other.org"),
        ("a.tsx", "<img src={`https://cdn.other.org/x.png`} />", "cdn.other.org"),
        (
            "a.tsx",
            '<img onClick={() => go()} src="https://cdn.other.org/x" />',
            "cdn.other.org",
        ),
        ("a.css", "@import 'https://cdn.other.org/x.css';", "cdn.other.org"),
        ("a.scss", "b { background: url(//cdn.other.org/x.png) }", "cdn.other.org"),
        ("a.js", "script.src = 'https://tag.other.net/s.js'", "tag.other.net"),
        ("a.js", "import x from 'https://esm.sh/x'", "esm.sh"),
        (
            "nuxt.config.ts",
            "script: [{ src: 'https://cdn.other.org/x.js' }]",
            "cdn.other.org",
        ),
    ],
)
def test_what_pages_load_from_others_is_found(
    path: str, content: str, host: str
) -> None:
    said = answer("other_hosts", {**PAGE, f"src/{path}": content})

    assert value_of(said) == (host,)


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("src/a.html", '<a href="https://docs.other.org/guide">Guide</a>'),
        ("src/a.html", '<link rel="canonical" href="https://other.org/">'),
        ("src/a.html", '<form action="https://other.org/search">'),
        ("src/a.html", '<html xmlns="http://www.w3.org/1999/xhtml">'),
        ("src/a.html", f"<!-- {LEAFLET} -->"),
        ("src/a.twig", "{# " + LEAFLET + " #}"),
        ("src/a.tsx", "{/* " + LEAFLET + " */}"),
        ("src/a.js", f"// {LEAFLET}"),
        ("src/a.js", "fetch('https://api.other.org/v1')"),
        ("src/a.js", "location.href = 'https://other.org/'"),
        ("src/a.js", "// see https://www.google-analytics.com/"),
        ("src/a.html", '<a href="https://maps.google.com/?q=1">Map</a>'),
        ("src/a.html", '<img src="https://img.example.com/x.png">'),
        ("src/a.html", '<script src="http://localhost:8080/x.js">'),
        ("src/a.html", '<script src="{{ host }}//x.js">'),
        ("src/a.html", "<p>https://cdn.other.org/x.js</p>"),
        ("docs/a.html", LEAFLET),
        ("tests/a.html", LEAFLET),
        ("vendor/a.html", LEAFLET),
        ("examples/a.html", LEAFLET),
        ("app/views/user_mailer/a.html.erb", LEAFLET),
        ("src/MailTemplates/a.html.hbs", LEAFLET),
        ("shop/static/description/index.html", LEAFLET),
        ("perf/load/groups.js", "import x from 'https://jslib.k6.io/x.js'"),
        ("README.md", LEAFLET),
    ],
)
def test_links_comments_letters_and_what_is_not_the_product_load_nothing(
    path: str, content: str
) -> None:
    assert value_of(answer("other_hosts", {**PAGE, path: content})) == ()


@pytest.mark.parametrize(
    ("content", "host"),
    [
        (
            "L.tileLayer('https://{s}.tile.openstreetmap.org/{z}.png')",
            "tile.openstreetmap.org",
        ),
        ("const api = 'https://www.google.com/recaptcha/api.js'", "www.google.com"),
    ],
)
def test_a_service_that_a_script_only_names_makes_the_list_one_that_may_lack_it(
    content: str, host: str
) -> None:
    said = answer("other_hosts", {**PAGE, "src/a.js": content})

    assert isinstance(said, Observation)
    assert said.value == ()
    assert said.items[0].note.startswith(f"{host}: named in code in 1 place")
    assert said.missed == f"scripts name hosts that may be loaded from, too: {host}"


def test_each_place_that_loads_from_others_is_in_the_table() -> None:
    _, tables = gather(
        COLLECTOR, given(DictTree({"src/a.html": f"<html>\n{LEAFLET}\n{LEAFLET}"}))
    )

    [table] = [table for table in tables if table.name == "other-hosts"]
    assert table.rows == tuple(
        (
            *("unpkg.com", "scripts and styles of many", "script"),
            *("src/a.html", line, "https://unpkg.com/leaflet@1.9/dist/leaflet.js"),
        )
        for line in ("2", "3")
    )


def test_hosts_are_a_gap_where_nothing_was_seen_and_a_page_could_not_be_read() -> None:
    tree = DictTree(PAGE, unreadable={"src/b.html": "it is missing"})

    said = answers(tree)["other_hosts"]

    assert isinstance(said, Gap)
    assert said.items == (Item(subject="src/b.html", note="it is missing"),)


def test_a_page_of_nothing_but_addresses_is_read_in_bounded_steps() -> None:
    page = b'<img src="https://cdn.other.org/x.png">' * 20_000

    assert len(loads_in(page).found) == MOST_PLACES


def test_addresses_after_the_last_that_is_read_make_the_list_one_that_may_lack_it() -> (
    None
):
    links = '<a href="https://other.org">other</a>' * MOST_PLACES
    said = answer("other_hosts", {"src/a.html": f"<html>{links}{LEAFLET}"})
    beside = answer("other_hosts", {**PAGE, "src/a.html": f"<html>{LEAFLET}{links}"})

    assert isinstance(said, Gap)
    assert "of a file only the first" in said.why
    assert isinstance(beside, Observation)
    assert beside.value == ("unpkg.com",)
    assert beside.missed.startswith("of a file only the first")


# ------------------------------------------------------- design systems


@pytest.mark.parametrize(
    ("path", "content", "system"),
    [
        ("package.json", '{"dependencies": {"govuk-frontend": "^5"}}', "GOV.UK"),
        ("package.json", '{"dependencies": {"@gouvfr/dsfr": "1"}}', "DSFR"),
        ("package.json", '{"dependencies": {"@uswds/uswds": "3"}}', "USWDS"),
        ("package.json", '{"dependencies": {"bootstrap-italia": "2"}}', "Bootstrap I"),
        ("package.json", '{"dependencies": {"@carbon/react": "1"}}', "Carbon"),
        ("package.json", '{"devDependencies": {"vuetify": "~3"}}', "Vuetify"),
        ("Gemfile", "gem 'bootstrap', '~> 5'", "Bootstrap"),
        ("requirements.txt", "django\ncrispy-bootstrap5==1\n", "Bootstrap"),
        ("pyproject.toml", 'dependencies = ["django-dsfr>=2"]', "DSFR"),
        (
            "app/build.gradle",
            "implementation 'com.google.android.material:material:1.9.0'",
            "Material",
        ),
        ("pubspec.yaml", "flutter:\n  uses-material-design: true\n", "Material"),
        ("App.csproj", '<PackageReference Include="MudBlazor" />', "Material"),
        ("static/css/bootstrap.min.css", "", "Bootstrap"),
        ("static/dsfr-1.11.0.min.css", "", "DSFR"),
        (
            "a.html",
            '<link rel="stylesheet" href="https://cdn.jsdelivr.net/npm/x/bootstrap.css">',
            "Bootstrap",
        ),
    ],
)
def test_design_systems_are_known_by_what_brings_them(
    path: str, content: str, system: str
) -> None:
    found = value_of(answer("design_systems", {**PAGE, path: content}))

    assert isinstance(found, tuple)
    assert len(found) == 1
    assert found[0].startswith(system)


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("package.json", '{"name": "bootstrap", "keywords": ["bootstrap"]}'),
        ("package.json", '{"scripts": {"bootstrap": "lerna bootstrap"}}'),
        ("package.json", '{"dependencies": {"@carbon/icons": "1"}}'),
        ("package.json", '{"dependencies": {"bootstrap-icons": "1"}}'),
        ("package-lock.json", '{"bootstrap": "1"}'),
        ("requirements.txt", "bootstrap-tools==1\n"),
        ("src/bootstrap.js", ""),
        ("src/bootstrap.php", ""),
        ("tests/bootstrap.css", ""),
        ("docs/bootstrap.css", ""),
        ("examples/package.json", '{"dependencies": {"bootstrap": "5"}}'),
    ],
)
def test_scripts_names_and_icons_are_no_design_system(path: str, content: str) -> None:
    assert value_of(answer("design_systems", {**PAGE, path: content})) == ()


# ---------------------------------------------------- devices and browsers


@pytest.mark.parametrize(
    ("path", "content", "level"),
    [
        ("app/build.gradle", "defaultConfig {\n minSdkVersion 21\n}", 21),
        ("app/build.gradle.kts", "minSdk = 24", 24),
        ("app/build.gradle", "minSdkVersion(19)", 19),
        ("gradle/libs.versions.toml", '[versions]\nminSdk = "26"\n', 26),
        ("gradle/libs.versions.toml", 'android-minSdk = "23"\n', 23),
        ("app/src/main/AndroidManifest.xml", '<uses-sdk android:minSdkVersion="8"', 8),
        ("config.xml", '<preference name="android-minSdkVersion" value="22" />', 22),
        ("android/variables.gradle", "ext {\n  minSdkVersion = 22\n}", 22),
        ("buildSrc/src/main/kotlin/Versions.kt", "const val minSdk = 28", 28),
        ("gradle.properties", "MIN_SDK_VERSION=21\n", 21),
        ("a/build.gradle", "dev { minSdk 26 }\nprod { minSdk 21 }", 21),
    ],
)
def test_the_version_of_android_is_read_where_it_is_stated(
    path: str, content: str, level: int
) -> None:
    assert value_of(answer("android_min_sdk", {**PAGE, path: content})) == level


def test_of_several_modules_the_one_that_asks_most_counts_but_not_a_watch() -> None:
    said = answer(
        "android_min_sdk",
        {
            "app/build.gradle": "minSdk 21",
            "camera/build.gradle": "minSdk 23",
            "wear/build.gradle": "minSdk 30",
        },
    )

    assert isinstance(said, Observation)
    assert said.value == 23
    assert said.items[0] == Item(
        subject="camera/build.gradle", note="API level 23, Android 6.0 (2015)", line=1
    )


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("minSdkVersion flutter.minSdkVersion", "it is left to the version of Flutter"),
        ("apply plugin: 'com.android.application'", "no file states the version"),
        (
            "apply plugin: 'com.android.application'\n// minSdk 21\n",
            "no file states the version",
        ),
        (
            "apply plugin: 'com.android.application'\nif (minSdk < 21) {}",
            "no file states the version",
        ),
    ],
)
def test_a_version_of_android_that_is_not_stated_is_a_gap(
    content: str, why: str
) -> None:
    said = answer("android_min_sdk", {"app/build.gradle": content})

    assert isinstance(said, Gap)
    assert why in said.why


def test_the_version_of_android_does_not_arise_without_android() -> None:
    said = answer("android_min_sdk", {**PAGE, "build.gradle": "apply plugin: 'java'"})

    assert said == facts.ANDROID_MIN_SDK.inapplicable(NO_ANDROID)


@pytest.mark.parametrize(
    ("path", "content", "browsers"),
    [
        (
            "package.json",
            '{"browserslist": ["> 1% in FR", "not dead"]}',
            ("> 1% in FR", "not dead"),
        ),
        (
            "package.json",
            '{"browserslist": {"production": [">0.2%"], "development": ["last 1 x"]}}',
            (">0.2%",),
        ),
        ("package.json", '{"browserslist": "defaults"}', ("defaults",)),
        (
            ".browserslistrc",
            "# ours\n[production]\nie 11 # still\n[development]\nlast 1 x\n",
            ("ie 11",),
        ),
        (".browserslistrc", "node 24\nSafari >= 11\n", ("Safari >= 11",)),
        ("vite.config.ts", "build: { target: ['es2015', 'chrome61'] }", None),
        ("package.json", '{"engines": {"node": ">=20"}}', ()),
        ("package.json", '{"browserslist": 5}', ()),
        ("package.json", '{"browserslist": [', ()),
    ],
)
def test_browsers_are_told_in_the_words_of_the_settings(
    path: str, content: str, browsers: tuple[str, ...] | None
) -> None:
    found = value_of(answer("browsers", {**PAGE, path: content}))

    assert found == (("es2015", "chrome61") if browsers is None else browsers)


def test_browsers_do_not_arise_where_nothing_is_made_for_one() -> None:
    said = answer("browsers", {"app/src/main/res/layout/main.xml": "<LinearLayout/>"})

    assert said == facts.BROWSERS.inapplicable(NO_BROWSERS)


# ----------------------------------------------------------------- signs


@pytest.mark.parametrize(
    ("fact", "path", "content"),
    [
        ("performance_budget", "angular.json", '{"budgets": [{"type": "initial"}]}'),
        ("performance_budget", "package.json", '{"size-limit": []}'),
        ("performance_budget", "webpack.config.js", "performance: { maxAssetSize: 1 }"),
        (
            "performance_budget",
            ".github/workflows/a.yml",
            "run: lhci --performance-budget",
        ),
        ("installable", "src/a.html", '<link rel="manifest" href="/m.json">'),
        ("speech", "src/a.js", "window.speechSynthesis.speak(words)"),
        ("speech", "src/a.js", "new webkitSpeechRecognition()"),
        ("speech", "src/a.swift", "let voice = AVSpeechSynthesizer()"),
        ("easy_language", "src/pages/leichte-sprache.html", ""),
        ("easy_language", "content/easy-read/index.html", ""),
        ("easy_language", "templates/facile-a-lire.twig", ""),
    ],
)
def test_signs_are_told(fact: str, path: str, content: str) -> None:
    assert value_of(answer(fact, {**PAGE, path: content})) is True


@pytest.mark.parametrize(
    ("fact", "path", "content"),
    [
        ("performance_budget", "src/budgets.json", '{"budgets": [{"year": 2026}]}'),
        ("installable", "src/a.html", "<a href='manifest.json'>manifest</a>"),
        ("installable", "manifest.json", '{"manifest_version": 3}'),
        ("speech", "src/a.js", "// speechSynthesis is for later"),
        ("speech", "src/a.js", "const speech = 'parliament'"),
        ("speech", "src/A.java", "import android.speech.tts.TextToSpeech;"),
        ("easy_language", "src/easy.html", ""),
        ("easy_language", "src/falcon.html", ""),
        ("easy_language", "docs/leichte-sprache.md", ""),
    ],
)
def test_words_that_only_sound_alike_are_no_signs(
    fact: str, path: str, content: str
) -> None:
    assert value_of(answer(fact, {**PAGE, path: content})) is False


def test_an_android_app_that_speaks_is_found() -> None:
    said = answer(
        "speech",
        {
            "app/src/main/AndroidManifest.xml": "<manifest/>",
            "app/src/main/res/layout/main.xml": "<LinearLayout/>",
            "app/src/main/java/A.java": "new TextToSpeech(context, this)",
        },
    )

    assert value_of(said) is True


def test_without_an_interface_what_is_absent_does_not_arise() -> None:
    said = answers(DictTree({"src/main.c": "int x;"}))

    assert said["design_systems"] == facts.DESIGN_SYSTEMS.inapplicable(NO_INTERFACE)
    assert all(isinstance(each, Inapplicable) for each in said.values())


# --------------------------------------------------------------- weights


SITE: Files = {
    "web/index.html": """<html><head>
<link rel="stylesheet" href="css/a.css?v=3">
<link rel="stylesheet" media="print" href="css/print.css">
<script src="/js/a.js"></script>
<script type="application/json" src="data.json"></script>
</head><body><img src="img/a.png"><img src="data:image/png;base64,xx">
<!-- <img src="img/big.png"> --><video src="film.mp4"></video></body></html>""",
    "web/css/a.css": """@import "b.css";
@font-face { font-family: A; src: url(a.woff2), url(a.woff) }
@font-face { font-family: A; font-weight: 700; src: url(a-bold.woff2) }
b { background: url(../img/big.png) }""",
    "web/css/b.css": "/* @import 'c.css'; */",
    "web/css/a.woff2": b"1" * 100,
    "web/css/a-bold.woff2": b"1" * 150,
    "web/css/a.woff": b"1" * 200,
    "web/css/print.css": b"1" * 3_000,
    "web/js/a.js": b"1" * 1_000,
    "web/img/a.png": b"1" * 10_000,
    "web/img/big.png": b"1" * 500_000,
}


def test_a_page_weighs_what_it_loads_of_the_tree() -> None:
    said = answer("heaviest_page_bytes", SITE)

    counted = ("index.html", "css/a.css", "css/b.css", "css/a.woff2", "js/a.js")
    total = sum(len(SITE[f"web/{name}"]) for name in (*counted, "img/a.png"))
    assert isinstance(said, Observation)
    assert (said.value, said.missed) == (total, "")
    assert said.items[0].note == f"{total:,} bytes in 6 files"


@pytest.mark.parametrize(
    ("content", "missing"),
    [
        (
            '<script src="https://cdn.other.org/x.js">',
            "script https://cdn.other.org/x.js",
        ),
        ('<script type="module" src="/src/main.ts">', "script /src/main.ts"),
        ('<script src="made-in-the-build.js">', "script made-in-the-build.js"),
        ('<img src="{{ user.picture }}">', f"{MADE}\nimage {UNNAMED}"),
        ("<app-root></app-root>", MADE),
        ('<div id="root"></div>', MADE),
        ("{% block content %}{% endblock %}", MADE),
    ],
)
def test_what_a_page_loads_and_the_tree_has_not_makes_its_weight_a_lower_bound(
    content: str, missing: str
) -> None:
    files = {"index.html": f"<html><body>{content}</body></html>", "src/main.ts": ""}

    said, tables = gather(COLLECTOR, given(DictTree(files)))

    [weight] = [a for a in said if a.fact == "inclusion.heaviest_page_bytes"]
    [table] = [table for table in tables if table.name == "page-weights"]
    assert isinstance(weight, Observation)
    assert weight.missed.startswith("of 1 of 1 pages")
    assert table.rows[0][3] == missing


def test_a_static_file_that_a_template_names_is_found_by_the_end_of_its_path() -> None:
    said = answer(
        "heaviest_page_bytes",
        {
            "app/templates/base.html": (
                "<html><script src=\"{% static 'js/a.js' %}\"></script></html>"
            ),
            "app/assets/js/a.js": b"1" * 1_000,
        },
    )

    assert isinstance(said, Observation)
    assert said.items[0].note.endswith("in 2 files; more that is not counted")


def test_without_a_whole_page_the_weight_is_a_gap() -> None:
    said = answer("heaviest_page_bytes", {"src/a.component.html": "<p>Hello</p>"})

    assert isinstance(said, Gap)
    assert said.why == NO_WHOLE_PAGES


@pytest.mark.parametrize(
    "path",
    [
        "src/main/java/org/x/package.html",
        "app/views/layouts/mailer.html.erb",
        "src/message_email.vm",
        "docs/index.html",
    ],
)
def test_letters_and_descriptions_are_no_pages(path: str) -> None:
    said = answer("heaviest_page_bytes", {**PAGE, path: "<html></html>"})

    assert isinstance(said, Gap)


def test_a_page_that_loads_itself_in_a_frame_counts_once() -> None:
    page = '<html><iframe src="a.html"></iframe></html>'

    said = answer("heaviest_page_bytes", {"a.html": page})

    assert value_of(said) == len(page)


def test_style_sheets_that_load_each_other_come_to_an_end() -> None:
    said = answer(
        "heaviest_page_bytes",
        {
            "a.html": '<html><link rel="stylesheet" href="a.css"></html>',
            "a.css": '@import "b.css";',
            "b.css": '@import "a.css";',
        },
    )

    assert isinstance(said, Observation)
    assert said.items[0].note.endswith("in 3 files")


def test_what_is_named_beyond_the_last_that_is_followed_is_told() -> None:
    page = '<html><link rel="stylesheet" href="{}.css"></html>'
    images = '<img src="a.png">' * (MOST_NAMED + 1)
    chain = {f"{n}.css": f'@import "{n + 1}.css";' for n in range(9)}
    files = {
        "long.html": page.format(0),
        **chain,
        "9.css": "",
        "huge.html": page.format("huge"),
        "huge.css": "a" * 3_000_001,
        "many.html": f"<html>{images}</html>",
        "a.png": "a",
    }

    _, tables = gather(COLLECTOR, given(DictTree(files)))

    [table] = [table for table in tables if table.name == "page-weights"]
    assert {row[0]: row[3] for row in table.rows} == {
        "long.html": "what 5.css imports",
        "huge.html": "what huge.css imports",
        "many.html": "what many.html names after the first 500",
    }


@pytest.mark.parametrize(
    "endless",
    [b"<!--", b"<img ", b"<script <%", b'<link rel="', b"@import url(", b"th:"],
)
def test_a_page_of_nothing_but_beginnings_is_read_in_one_go(endless: bytes) -> None:
    page = page_in(b"<html>" + endless * 50_000)

    assert page.is_page
    assert len(page.named) <= MOST_NAMED


@pytest.mark.parametrize("endless", [b"/*", b"@font-face{", b"@font-face{url(a)"])
def test_a_style_sheet_of_nothing_but_beginnings_is_too(endless: bytes) -> None:
    assert style_in(endless * 50_000).named == ()


def test_addresses_are_looked_for_only_so_often(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(weights, "MOST_ADDRESSES", 2)
    files = TreeFiles(DictTree({"a/b/c.html": "", "a/x.js": ""}))

    found = [files.named(name, "a/b/c.html") for name in ("y.js", "/x.js", "../x.js")]

    assert found == ["", "a/x.js", ""]


@pytest.mark.parametrize(
    "path", ["src/App.tsx", "app/views/home.html.haml", "templates/part.html"]
)
def test_pages_that_are_put_together_may_be_heavier_than_those_that_are_there(
    path: str,
) -> None:
    said = answer(
        "heaviest_page_bytes", {"public/404.html": "<html></html>", path: "%p"}
    )

    assert isinstance(said, Observation)
    assert said.missed == "more pages are put together when it is built, or runs"


README = """# Software

Works like Chrome.

## Supported browsers

We test with:

- **Chrome** 90+
- [Firefox](https://firefox.example) ESR

and not with others.

## History

Born in Firefox.
"""


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("README.md", ("Chrome 90+", "Firefox ESR")),
        ("docs/browser-support.md", ("Chrome 90+", "Firefox ESR")),
        ("docs/guide.md", ()),
        ("vendor/README.md", ()),
    ],
)
def test_browsers_are_told_in_the_words_of_the_readme(
    path: str, told: tuple[str, ...]
) -> None:
    assert value_of(answer("browsers", {**PAGE, path: README})) == told


def test_a_readme_that_cannot_be_read_leaves_the_browsers_open_and_nothing_else() -> (
    None
):
    said = answers(DictTree(PAGE, unreadable={"README.md": "it is missing"}))

    assert isinstance(said["browsers"], Gap)
    assert isinstance(said["android_min_sdk"], Inapplicable)
    assert isinstance(said["design_systems"], Observation)


def test_a_readme_in_another_encoding_is_read_without_harm() -> None:
    readme = README.encode("utf-16")

    assert value_of(answer("browsers", {**PAGE, "README.md": readme})) == ()


def test_of_a_host_the_place_that_loads_from_it_is_shown_before_one_that_names_it() -> (
    None
):
    said = answer(
        "other_hosts",
        {
            "src/a.js": "const tags = 'https://www.googletagmanager.com/gtag/js'",
            "src/b.html": '<script src="https://www.googletagmanager.com/x"></script>',
        },
    )

    assert isinstance(said, Observation)
    assert said.value == ("www.googletagmanager.com",)
    assert said.items[0].subject == "src/b.html"


@pytest.mark.parametrize(
    ("files", "fact"),
    [
        ({"app/build.gradle": "android { minSdk 21 }"}, "android_min_sdk"),
        ({"package.json": '{"dependencies": {"bootstrap": "5"}}'}, "design_systems"),
        ({"package.json": '{"browserslist": ["Firefox 115"]}'}, "browsers"),
    ],
)
def test_what_settings_state_is_short_where_others_could_not_be_read(
    files: Mapping[str, str], fact: str
) -> None:
    unread = {"maps/build.gradle": "it is missing", "b/package.json": "it is missing"}
    tree = DictTree({**PAGE, **files}, unreadable=unread)

    said = answers(tree)[fact]

    assert isinstance(said, Observation)
    assert said.value
    assert said.missed == "2 files could not be read"
