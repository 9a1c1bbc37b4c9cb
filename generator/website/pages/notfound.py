"""What a server shows at an address that it does not know."""

from __future__ import annotations

from collections.abc import Iterator

from generator.website.pages import PageMaker, WebsiteFile, website_page


@website_page()
def not_found_page(maker: PageMaker) -> Iterator[WebsiteFile]:
    """Yield the page; its links begin at the server's root, for it is shown at any address."""
    root = "/" + "".join(f"{part}/" for part in maker.campaign.address.split("/")[3:])
    yield maker.page(
        "404.html", "notfound.html", maker.english, "Not found", root=root, hidden=True
    )
