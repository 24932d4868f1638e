# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The software's own files are told from tests, examples, documents and others'."""

import pytest

from ossay.collect._places import Place, Places
from tests.collect.trees import DictTree


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("src/App.vue", Place.PRODUCT),
        ("kolibri/core/contest/views.py", Place.PRODUCT),
        ("site/source/components/documentation/Page.tsx", Place.PRODUCT),
        ("admin/src/js/bootstrap-translator.js", Place.PRODUCT),
        ("node_modules/x/index.js", Place.FOREIGN),
        ("app/Vendor/tests/x.php", Place.FOREIGN),
        ("static/jquery-3.6.0.js", Place.FOREIGN),
        ("static/bootstrap.rtl.css", Place.FOREIGN),
        ("static/app.min.js", Place.FOREIGN),
        ("static/h5p/h5p-741035c0caad0682ab29b77f4c592a20.html", Place.FOREIGN),
        ("static/lib/map-sdk-1.2.0/sdk.css", Place.FOREIGN),
        ("src/migrations/v2.0/a.js", Place.PRODUCT),
        ("src/feed-face.js", Place.PRODUCT),
        ("src/Button.stories.tsx", Place.EXAMPLE),
        ("uitest-admin/src/a.png", Place.TEST),
        ("src/stories.tsx", Place.PRODUCT),
        ("a" * 2_000 + ".js", Place.FOREIGN),
        ("a/" * 200 + "b.js", Place.FOREIGN),
        ("scripts/jquery-ui/css/x.css", Place.FOREIGN),
        ("src/test/java/X.java", Place.TEST),
        ("app/src/androidTest/X.kt", Place.TEST),
        ("src/App.spec.tsx", Place.TEST),
        ("pkg/test_views.py", Place.TEST),
        ("src/LoginTest.java", Place.TEST),
        ("src/login.cy.ts", Place.TEST),
        ("src/app_cy.ts", Place.PRODUCT),
        ("locales/messages.cy.yml", Place.PRODUCT),
        ("test-forms/form.xml", Place.TEST),
        ("examples/tutorial/index.html", Place.EXAMPLE),
        ("docs/index.html", Place.DOCUMENTATION),
        ("documentation/index.html", Place.DOCUMENTATION),
    ],
)
def test_folders_and_names_tell_the_place_of_a_file(path: str, place: Place) -> None:
    assert Places(DictTree({})).of(path) is place


@pytest.mark.parametrize(
    ("attributes", "path", "place"),
    [
        ("static/h5p/** linguist-vendored", "static/h5p/a/b.js", Place.FOREIGN),
        ("*.pb.go linguist-generated=true", "api/x.pb.go", Place.FOREIGN),
        ("/site/* linguist-documentation", "site/a.html", Place.DOCUMENTATION),
        ("/site/* linguist-documentation", "site/a/b.html", Place.PRODUCT),
        ("dist/** -linguist-vendored", "dist/a.js", Place.PRODUCT),
        ("dist/** linguist-generated=false", "dist/a.js", Place.PRODUCT),
        ("**/legacy/** linguist-vendored", "a/legacy/b.js", Place.FOREIGN),
        ("* text=auto", "a/b.js", Place.PRODUCT),
        ("*" * 60 + "x linguist-vendored", "a/b.js", Place.PRODUCT),
    ],
)
def test_the_attributes_of_the_repository_go_before(
    attributes: str, path: str, place: Place
) -> None:
    places = Places(DictTree({".gitattributes": attributes}))

    assert places.of(path) is place
