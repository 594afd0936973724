"""An address as a code that a phone scans."""


def code(address: str) -> str:
    """The picture as the address of an image (data:)."""
    import segno  # only where a code is shown

    return str(segno.make(address, micro=False, error="l").svg_data_uri(scale=6, border=2))
