# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Hosts that pages are known to load from, by what they are for; data, no code."""

from functools import lru_cache

_KNOWN = {
    "maps": """
        api.mapbox.com api.maptiler.com arcgisonline.com basemaps.cartocdn.com
        cartodb-basemaps-a.global.ssl.fastly.net maps.google.com maps.googleapis.com
        mt0.google.com mt1.google.com stamen-tiles.a.ssl.fastly.net
        tile.openstreetmap.fr tile.openstreetmap.org tiles.mapbox.com
        tile.opentopomap.org tile.thunderforest.com tiles.stadiamaps.com
        tiles.wmflabs.org virtualearth.net
    """,
    "counting of visits": """
        analytics.google.com cdn.amplitude.com cdn.heapanalytics.com cdn.matomo.cloud
        cdn.mxpnl.com cdn.segment.com clarity.ms connect.facebook.net
        google-analytics.com googletagmanager.com hotjar.com mc.yandex.ru plausible.io
        script.hotjar.com ssl.google-analytics.com static.cloudflareinsights.com
        stats.g.doubleclick.net
    """,
    "riddle against robots": """
        challenges.cloudflare.com hcaptcha.com recaptcha.net
    """,
    "fonts": """
        fonts.bunny.net fonts.googleapis.com fonts.gstatic.com kit.fontawesome.com
        use.fontawesome.com use.typekit.net
    """,
    "scripts and styles of many": """
        ajax.aspnetcdn.com ajax.googleapis.com cdn.datatables.net cdn.jsdelivr.net
        cdn.skypack.dev cdnjs.cloudflare.com code.jquery.com esm.sh
        maxcdn.bootstrapcdn.com netdna.bootstrapcdn.com stackpath.bootstrapcdn.com
        unpkg.com
    """,
    "pictures of people": "gravatar.com secure.gravatar.com",
    "films": "player.vimeo.com youtube-nocookie.com",
    "payment": "checkout.stripe.com js.stripe.com",
    "conversation": "embed.tawk.to widget.intercom.io js.intercomcdn.com",
    "errors of pages": "browser.sentry-cdn.com js.sentry-cdn.com",
}


def service_of(host: str, address: str = "") -> str:
    """Return what *host* is known for ("maps"), or ""."""
    if "/recaptcha/" in address:
        return "riddle against robots"
    return _service_of(host.removeprefix("www."))


@lru_cache(maxsize=2_000)
def _service_of(host: str) -> str:
    while host:
        if host in _BY_HOST:
            return _BY_HOST[host]
        host = host.partition(".")[2]
    return ""


_BY_HOST = {host: kind for kind, hosts in _KNOWN.items() for host in hosts.split()}
