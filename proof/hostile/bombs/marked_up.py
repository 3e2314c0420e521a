"""XML and JSON that grow, nest or reach for other files."""

from __future__ import annotations

from collections.abc import Iterator

from proof.hostile.bombs.bomb import MB, Bomb


def marked_up() -> Iterator[Bomb]:
    """XML first."""
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    documents = {
        "a billion laughs": f'<!DOCTYPE r [<!ENTITY a0 "ha">{laughs}]><r>&a11;</r>',
        "a quadratic entity": (
            f'<!DOCTYPE r [<!ENTITY a "{"x" * 100_000}">]><r>{"&a;" * 50_000}</r>'
        ),
        "an entity of a file": (
            '<!DOCTYPE r [<!ENTITY a SYSTEM "secret.txt">]><r><a><cpr>&a;</cpr></a></r>'
        ),
        "an entity of an address": (
            '<!DOCTYPE r [<!ENTITY a SYSTEM "http://127.0.0.1:9/">]><r>&a;</r>'
        ),
        "a parameter entity": '<!DOCTYPE r [<!ENTITY % a SYSTEM "secret.txt"> %a;]><r/>',
        "a DTD elsewhere": '<!DOCTYPE r SYSTEM "secret.txt"><r/>',
        "an inclusion": (
            '<r xmlns:xi="http://www.w3.org/2001/XInclude">'
            '<xi:include href="secret.txt" parse="text"/></r>'
        ),
        "a style sheet": '<?xml-stylesheet href="secret.txt"?><r/>',
        "300,000 levels": "<a>" * 300_000,
        "a million columns": "<r><a>" + "".join(f"<c{n}/>" for n in range(1_000_000)) + "</a></r>",
        "an attribute of 50 MB": "<r a='" + "x" * 50 * MB + "'/>",
        "a cell of 50 MB": "<r><a><cpr>" + "x" * 50 * MB + "</cpr></a></r>",
        "a million attributes": "<r " + " ".join(f"a{n}=''" for n in range(1_000_000)) + "/>",
        "a comment of 100 MB": "<r><!--" + "x" * 100 * MB + "--></r>",
        "ten million empty rows": "<r>" + "<a/>" * 10_000_000 + "</r>",
    }
    for name, document in documents.items():
        yield Bomb(f"XML, {name}", "a.xml", lambda p, d=document: p.write_text(d))  # type: ignore[misc]
    values = {
        "300,000 levels": "[" * 300_000,
        "300,000 levels of objects": '{"a":' * 300_000,
        "ten million empty lists": '[{"a":[' + "[]," * 10_000_000 + "[]]}]",
        "a number of 5,000,000 digits": "[" + "9" * 5_000_000 + "]",
        "a million columns": "[{" + ",".join(f'"c{n}":1' for n in range(1_000_000)) + "}]",
        "a text of 50 MB": '[{"cpr":"' + "x" * 50 * MB + '"}]',
        "another column in every row": "["
        + ",".join(f'{{"c{n}":1}}' for n in range(500_000))
        + "]",
        "NaN": '[{"samtale_id":NaN}]',
        "infinity": '[{"samtale_id":1e999}]',
        "half a surrogate": (
            '[{"samtale_id":"\\ud800","cpr":"1","type":"7","fra":"x","status":"y"}]'
        ),
    }
    for name, value in values.items():
        yield Bomb(f"JSON, {name}", "a.json", lambda p, v=value: p.write_text(v))  # type: ignore[misc]
