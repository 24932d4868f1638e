# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Places of real software that were told as failing, and are not: each came up once."""

import pytest

from ossay.collect.templates.files import is_letter
from tests.collect.templates.seen import verdicts


@pytest.mark.parametrize(
    "listener",
    [
        "onClick={(e) => e.stopPropagation()}",
        "onClick={(e) => {\n                    e.stopPropagation();\n        }}",
        "onClick={(e: React.MouseEvent<HTMLDivElement>) => e?.stopPropagation()}",
        "onClick={function (event) { event.preventDefault(); }}",
        "onClick={(e) => { e.persist(); e.preventDefault(); e.stopPropagation(); }}",
        "onClick={stopPropagation}",
        "onClick={stopProp}",
        "onClick={() => { pinInput?.current?.focus() }}",
    ],
)
def test_a_listener_that_keeps_clicks_in_or_puts_the_focus_needs_no_key(
    listener: str,
) -> None:
    script = f"const a = () => <div {listener}><p>Hello</p></div>;"

    assert verdicts("click-no-keyboard", script, "a.tsx") == []


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("a.jsx", "a = <p dangerouslySetInnerHTML={html} onClick={open} />"),
        ("a.jsx", "a = <p onClick={(e) => e.target.href && go()}>{text}</p>"),
        ("a.jsx", "a = <div onClick={open}><p>Open</p>{children}</div>"),
        ("a.jsx", "a = <td onClick={open}>{editButton}</td>"),
        ("a.jsx", "a = <p onClick={open}>{button} and more</p>"),
        ("a.jsx", "a = <p onClick={this.stop}>A</p>"),
        ("a.vue", "<template>\n<div @click='a'>A<slot /></div>\n</template>"),
        ("a.vue", "<template>\n<div class='backdrop' :class='b' @click='a'>A</div>"),
        ("a.vue", "<template>\n<p><X><template #b><i @click='a'>A</i></template></X>"),
        ("a.vue", "<template>\n<div><i @click='a()'>A</i><KMenu @click='a()' /></div>"),
        (
            "a.html",
            "<p><input type=checkbox (click)='a()'><b (click)='a()'>All</b></p>",
        ),
        (
            "a.html",
            "<table><tr><td onclick='go(1)'>1</td><td><a href='/1'>1</a></table>",
        ),
        ("a.html", "<div (click)='a()'><x-menu></x-menu></div>"),
        ("a.html", "<div class='menu-backdrop' (click)='close()'></div>"),
        ("a.html", "<div id='overlay' (click)='close()'></div>"),
        ("a.html", "<div [ngClass]=\"{'scrim': isOpen}\" (click)='close()'></div>"),
        ("a.jsx", "a = <div className={styles.overlay} onClick={close} />"),
        ("a.html", "<p><a mat-list-item (click)='a()'>A</a>"),
        ("a.html", "<p><span mat-menu-item (click)='a()'>A</span>"),
        ("a.html", "<table><tr><th mat-sort-header (click)='a()'>A</th></table>"),
        ("a.jsx", "a = <MenuItem>{() => <><p onClick={go}>A</p></>}</MenuItem>"),
        ("a.vue", "<template>\n<p><v-list-item><i @click='go'>A</i></v-list-item>"),
        ("a.jsx", "const A = ({ onClick }) => <svg onClick={onClick} />"),
        ("a.jsx", "const A = (props) => <p onClick={props.onClick}>A</p>"),
        ("a.vue", "<template>\n<p><RouterLink><i @click='go'>A</i></RouterLink></p>"),
    ],
)
def test_what_a_key_may_reach_elsewhere_is_a_maybe(path: str, content: str) -> None:
    assert verdicts("click-no-keyboard", content, path) == ["maybe"]


def test_what_only_looks_like_a_curtain_or_a_control_of_material_fails() -> None:
    page = "<p><b [ngClass]='a' (click)='a()'>A</b><b mat-row (click)='b()'>B</b></p>"

    assert verdicts("click-no-keyboard", page) == ["fails", "fails"]


def test_a_link_that_leads_nowhere_is_no_control_that_keys_reach() -> None:
    page = "<p><a (click)='exit()'>Back</a> <a (click)='exit()'>Leave</a></p>"

    assert verdicts("click-no-keyboard", page) == ["fails", "fails"]


def test_next_gives_a_title_beside_the_markup() -> None:
    layout = "export const metadata = { title: 'A' };\nconst a = <html lang='a'><head/>"
    other = layout.replace("metadata", "colours")

    assert verdicts("page-title", f"{layout}</html>", "app/layout.tsx") == []
    assert verdicts("page-title", f"{other}</html>", "app/layout.tsx") == ["maybe"]


@pytest.mark.parametrize(
    "head",
    [
        "<!--app-helmet-tags:start--><!--app-helmet-tags:end-->",
        '<meta http-equiv="refresh" content="0; url=/">',
    ],
)
def test_a_head_that_a_program_fills_or_nobody_stays_on_may_have_its_title(
    head: str,
) -> None:
    page = f"<html lang=fr><head>{head}</head></html>"

    assert verdicts("page-title", page) == ["maybe"]


def test_only_the_condition_of_a_branch_is_no_text() -> None:
    link = "<a href='/'>@if($a->isB($c)) Yes @else No @endif</a>"
    nothing = "<a href='/'>@if($a->isB($c)) @endif</a>"

    assert verdicts("link-name", link, "a.blade.php") == []
    assert verdicts("link-name", nothing, "a.blade.php") == ["fails"]


def test_a_title_that_a_script_translates_names_an_image() -> None:
    assert verdicts("image-alt", "<img src=a translate-title='login.show'>") == []


def test_a_field_that_is_a_file_of_its_own_may_be_taken_into_a_label() -> None:
    assert verdicts("control-label", "<input name=year>") == ["maybe"]


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("templates/registration/password_reset_email.html", True),
        ("templates/registration/activation_email.html", True),
        ("paperless_mail/templates/email_msg_template.html", True),
        ("templates/account/verify_email.html", False),
        ("templates/account/change-email.html", False),
        ("templates/email.html", False),
        ("app/confirm-email.component.html", False),
    ],
)
def test_a_letter_is_told_from_a_page_about_letters(path: str, is_one: bool) -> None:
    assert is_letter(path) is is_one


@pytest.mark.parametrize(
    "comment", ["// one", "/* one */", "// one\n  // two", "/* one */ // two"]
)
def test_an_element_after_a_comment_is_read(comment: str) -> None:
    script = f"const a = () => {{\n  return (\n  {comment}\n  <img src={{b}} />\n);}};"

    assert verdicts("image-alt", script, "a.jsx") == ["fails"]


def test_what_is_less_than_something_after_a_comment_is_no_element() -> None:
    assert verdicts("image-alt", "b /* one */ <img / c; d = <p/>", "a.jsx") == []


def test_an_attribute_right_behind_code_is_seen() -> None:
    image = "<img src=a {% if b %}alt='c'{% else %}alt=''{% endif %}>"

    assert verdicts("image-alt", image) == []


def test_a_mark_for_translators_is_no_title() -> None:
    """Angular writes `i18n-title` beside the title that is to be translated."""
    assert verdicts("image-alt", "<img src=a i18n-title>") == ["fails"]
    assert verdicts("image-alt", "<img src=a data-i18n-title=b>") == []


@pytest.mark.parametrize("body", ["", "<div id=root></div><script src=a></script>"])
def test_a_page_without_text_may_get_its_title_from_a_script(body: str) -> None:
    """It was told of a page of Kolibri that is only shown in a frame."""
    page = f"<html lang=fr><head><meta charset=utf-8></head><body>{body}</body></html>"

    assert verdicts("page-title", page) == ["maybe"]


def test_a_component_among_rows_may_bring_header_cells() -> None:
    table = "<table><thead><my-row></my-row></thead><tr><td>a</table>"

    assert verdicts("table-headers", table) == ["maybe"]


@pytest.mark.parametrize(
    "page",
    [
        "<html><head><meta http-equiv=refresh content='0; url=/a'></head></html>",
        "<html><head><meta http-equiv=refresh content='0; url=/a'></head><p>Go on</p>",
        "<html><body><script>window.location.href = '/a';</script></body></html>",
        "<html><head><script>location.replace('/a')</script></head></html>",
    ],
)
def test_a_page_on_which_nobody_stays_needs_neither_language_nor_title(
    page: str,
) -> None:
    assert verdicts("html-lang", page) == ["maybe"]
    assert "fails" not in verdicts("page-title", page)


@pytest.mark.parametrize(
    "page",
    [
        "<html><p>Sign in</p><script>function a() { location.href = '/a'; }</script>",
        "<html><noscript><meta http-equiv=refresh content='0; url=/a'></noscript><p>A",
        "<html><script>if (location == '/a') start();</script></html>",
    ],
)
def test_a_page_that_may_move_on_later_needs_a_language(page: str) -> None:
    assert verdicts("html-lang", page) == ["fails"]


@pytest.mark.parametrize(
    ("path", "table"),
    [
        ("a.html.twig", "<table><thead><tr>{{ include('head') }}</tr></thead>"),
        ("a.html.erb", "<table><thead><%= render 'head' %></thead>"),
        ("a.blade.php", "<table><thead><tr>@include('head')</tr></thead>"),
        ("a.jsx", "a = <table><thead>{head}</thead>"),
    ],
)
def test_code_among_rows_may_bring_header_cells(path: str, table: str) -> None:
    whole = f"{table}<tbody><tr><td>a</td></tr></tbody></table>"

    assert verdicts("table-headers", whole, path) == ["maybe"]


@pytest.mark.parametrize(
    "script",
    [
        "a = <Param wrapper={<a href={url} />}>go on</Param>",
        "const link = <a href={url} />;",
        "a = <Trans components={{ go: <a href={url} /> }} />",
    ],
)
def test_an_empty_link_that_is_handed_on_may_be_given_its_text(script: str) -> None:
    assert verdicts("link-name", script, "a.jsx") == ["maybe"]


def test_what_is_not_shown_by_a_style_in_code_is_not_asked() -> None:
    fields = "<p><input style={{ display: 'none' }} /><input style={{ top: 0 }} /></p>"

    assert verdicts("control-label", f"a = {fields}", "a.jsx") == ["fails"]


def test_an_empty_link_with_data_for_a_script_may_be_given_its_text() -> None:
    assert verdicts("link-name", "<p><a href='/' data-date=1></a>") == ["maybe"]
    assert verdicts("link-name", "<p><a href='/' rel=next></a>") == ["fails"]


def test_an_empty_button_in_an_element_of_a_script_may_be_given_its_name() -> None:
    assert verdicts("button-name", "<p><x-grid><button></button></x-grid>") == ["maybe"]
    assert verdicts("button-name", "<p><button></button>") == ["fails"]


@pytest.mark.parametrize(
    "mark",
    [
        "<!--[if mso]><style>td { padding: 0 }</style><![endif]-->",
        "<style>#outlook a { padding: 0 }</style>",
        "<style>.ExternalClass { width: 100% }</style>",
    ],
)
def test_a_letter_is_told_by_what_only_programs_for_letters_need(mark: str) -> None:
    page = f"<html><head>{mark}</head><body><img src=a></body></html>"

    assert verdicts("image-alt", page) == []
    assert is_letter("themes/a/html/email.mjml.twig")


def test_an_end_of_php_in_a_text_or_a_comment_of_it_is_none() -> None:
    code = "<?php $a = '?><img src=a>'; /* ?> */ $b = \"\\\"?>\"; # it's ?>\n<p>{}</p>"

    assert verdicts("image-alt", code.format("<img src=a>"), "a.php") == ["fails"]
    assert verdicts("image-alt", code.format(""), "a.php") == []
