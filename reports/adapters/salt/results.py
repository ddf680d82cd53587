"""Open the envelopes: one JSON document of any way → what each node returned, and of which job."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias

import msgspec

from reports.adapters.salt.moments import stamp_moment
from reports.errors import UnreadableReport

Fields: TypeAlias = dict[str, bytes]  # each value still JSON

_OBJECT = msgspec.json.Decoder(dict[str, msgspec.Raw])
_LIST = msgspec.json.Decoder(list[msgspec.Raw])
RESULT_TAG = re.compile(r"salt/job/(?P<jid>[^/]+)/ret/(?P<node>.+)", re.DOTALL)
_NO_ANSWER = "Minion did not return"
_LONGEST_NODE = 255  # characters, as for a host name
STATE_MARK = "_|-"  # joins the four parts of a state key


@dataclass(frozen=True, slots=True)
class Result:
    """What one node returned for one job. None where the envelope does not say."""

    node: str
    returned: bytes  # JSON: states, a list of complaints, or anything else
    jid: str | None = None
    function: str | None = None
    arguments: tuple[Any, ...] = ()
    stamped_at: datetime | None = None  # when the master received it


class Ignored(NamedTuple):
    """A part of a body that is left out on purpose."""

    reason: str


def open_document(document: bytes, query: Mapping[str, str]) -> Iterator[Result | Ignored | UnreadableReport]:
    """The results of one document, and a refusal for each part that is none.

    Raises ValueError where a value is not plain JSON.
    """
    for item in _LIST.decode(document) if opens_with(document, b"[") else (document,):
        try:
            yield from _open_object(bytes(item), query)
        except UnreadableReport as refusal:
            yield refusal


def is_result_tag(tag: str) -> bool:
    """Whether an event with this tag carries what a node returned for a job."""
    return RESULT_TAG.fullmatch(tag) is not None


def opens_with(value: bytes, bracket: bytes) -> bool:
    """Whether a JSON value is an object (`{`) or a list (`[`), by its first character."""
    return value.startswith(bracket)


def fields_of(value: bytes | None) -> Fields:
    """The fields of an object, undecoded; empty for anything else."""
    if value is None or not opens_with(value, b"{"):
        return {}
    return {name: bytes(field) for name, field in _OBJECT.decode(value).items()}


def has_states(value: bytes) -> bool:
    """Whether a JSON value is an object of states, by the keys; the values are not copied."""
    return opens_with(value, b"{") and any(STATE_MARK in key for key in _OBJECT.decode(value))


def text_of(value: bytes | None) -> str | None:
    """A JSON string; None for anything else and for an empty one."""
    text = msgspec.json.decode(value) if value is not None else None
    return text if isinstance(text, str) and text else None


def _open_object(document: bytes, query: Mapping[str, str]) -> Iterator[Result | Ignored]:
    """The shapes, from the most telling to the least."""
    if not opens_with(document, b"{"):
        raise UnreadableReport("Neither an event nor a result: a JSON object, or a list of them, is expected.")
    fields = fields_of(document)
    inner = fields_of(fields.get("data"))
    if "tag" in fields and "data" in fields:
        yield _tagged(inner, text_of(fields["tag"]), query)
    elif _is_event(inner):
        yield _event(inner, None, query)
    elif "outputter" in fields and inner:
        yield Ignored("an orchestration: what its nodes return is counted from their own events")
    elif fields.keys() == {"local"}:
        yield _salt_call(fields["local"], query)
    elif _is_event(fields):
        yield _event(fields, query.get("tag"), query)
    elif "_stamp" in fields or "cmd" in fields:
        yield Ignored("an event that is not what a node returned for a job")
    else:
        yield from _answer(fields, query)


def _answer(fields: Fields, query: Mapping[str, str]) -> Iterator[Result | Ignored]:
    """What a command, a runner or salt-api was told about several nodes at once."""
    if "Result" in fields:
        yield from _job(fields)
    elif opens_with(fields.get("return", b""), b"["):
        for item in _LIST.decode(fields.get("info", fields["return"])):
            yield from _open_object(bytes(item), query)
    else:
        yield from _by_node(fields, query)


def _is_event(fields: Fields) -> bool:
    return "return" in fields and not fields.keys().isdisjoint({"jid", "fun", "id"})


def _tagged(event: Fields, tag: str | None, query: Mapping[str, str]) -> Result | Ignored:
    if tag is not None and not is_result_tag(tag):
        return Ignored(f"the event {tag[:200]} is not what a node returned for a job")
    if not _is_event(event):
        return Ignored("an event without a return")
    return _event(event, tag, query)


def _event(fields: Fields, tag: str | None, query: Mapping[str, str]) -> Result | Ignored:
    function = text_of(fields.get("fun"))
    if function is not None and function.startswith(("runner.", "wheel.")):
        return Ignored(f"{function} ran on the master: what its nodes return is counted from their own events")
    told = RESULT_TAG.fullmatch(tag or "")
    return Result(
        node=_node(text_of(fields.get("id")) or (told["node"] if told else None) or query.get("node")),
        returned=fields["return"],
        jid=text_of(fields.get("jid")) or (told["jid"] if told else None) or query.get("jid"),
        function=function,
        arguments=_arguments(fields.get("fun_args")),
        stamped_at=stamp_moment(text_of(fields.get("_stamp"))),
    )


def _salt_call(returned: bytes, query: Mapping[str, str]) -> Result | Ignored:
    fields = fields_of(returned)
    if _is_event(fields):
        return _event(fields, None, query)
    return Result(_node(query.get("node")), returned, jid=query.get("jid"), function=query.get("fun"))


def _job(fields: Fields) -> Iterator[Result | Ignored]:
    """A job as the master's job cache lists it."""
    for node, told in fields_of(fields["Result"]).items():
        yield Result(
            node=_node(node),
            returned=fields_of(told).get("return", told),
            jid=text_of(fields.get("jid")),
            function=text_of(fields.get("Function")),
            arguments=_arguments(fields.get("Arguments")),
        )


def _by_node(fields: Fields, query: Mapping[str, str]) -> Iterator[Result | Ignored]:
    """`{node: what it returned}` as the salt command, its runners and salt-api print it; a batch adds jid, retcode."""
    jid = text_of(fields.get("jid")) or query.get("jid")
    nodes = {
        node: fields_of(told).get("return", told) for node, told in fields.items() if node not in {"jid", "retcode"}
    }
    if not nodes:
        yield Ignored("no node returned anything")
        return
    if not all(_may_be_returned(told) for told in nodes.values()):
        raise UnreadableReport("Not a shape in which Salt tells results. See the set-up page for what can be posted.")
    for node, told in nodes.items():
        if _NO_ANSWER.encode() in told[:64] or told == b"false":
            yield Ignored(f"{node} did not answer")
        else:
            yield Result(_node(node), told, jid=jid, function=query.get("fun"))


def _may_be_returned(told: bytes) -> bool:
    """Whether this is what a node may return for a state run: strict, for any JSON object could be meant for another
    door. A complaint is a list of sentences, and a sentence has a space."""
    if opens_with(told, b"{"):
        return has_states(told)
    if opens_with(told, b"["):
        complaints = msgspec.json.decode(told)
        return bool(complaints) and all(isinstance(line, str) and " " in line for line in complaints)
    return told == b"false" or told.startswith(b'"' + _NO_ANSWER.encode())


def _node(name: str | None) -> str:
    if not name:
        raise UnreadableReport("No node is named: add ?node=$(hostname -f) to the URL, or --metadata to salt-call.")
    if len(name) > _LONGEST_NODE:
        raise UnreadableReport(f"A node's name of {len(name)} characters is over the limit of {_LONGEST_NODE}.")
    return name.encode("utf-8", "replace").decode()


def _arguments(told: bytes | None) -> tuple[Any, ...]:
    return tuple(msgspec.json.decode(told)) if told is not None and opens_with(told, b"[") else ()
