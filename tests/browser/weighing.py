"""What a page takes from the network, as the network carries it."""


def traffic(page):
    """Return two lists that grow as the page asks: bytes of each answer, compressed, and addresses asked."""
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    sizes, asked = [], []
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    network.on("Network.requestWillBeSent", lambda event: asked.append(event["request"]["url"]))
    return sizes, asked
