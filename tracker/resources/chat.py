"""The endpoint of a language model that speaks the OpenAI chat protocol, its answers cached.

Nothing is sent unless the environment names an endpoint: there is no default address. Every answer
is kept under a hash of the whole question, so that a report is sent once, and a run that was broken
off goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from tracker.errors import DataError, UsageError, shown

URL, KEY, MODEL = "TRACKER_LLM_URL", "TRACKER_LLM_KEY", "TRACKER_LLM_MODEL"
_ALSO = {URL: "OPENAI_BASE_URL", KEY: "OPENAI_API_KEY", MODEL: "OPENAI_MODEL"}

_SECONDS = 300
_MAX_BYTES = 16_000_000
_TRIES = 4
_AGAIN = (408, 429, 500, 502, 503, 504)


class EndpointError(DataError):
    """The endpoint could not be asked, or what came back is no answer."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """An endpoint that sends elsewhere would get the text and the key to an address unasked."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One model behind one base address (``http://host:port/v1``); ``pause`` is in seconds."""

    url: str
    model: str
    key: str = field(default="", repr=False)
    cache: Path | None = None
    pause: float = 1.0

    def ask(
        self,
        messages: list[dict[str, str]],
        schema: dict[str, Any],
        is_answer: Callable[[str], bool] = bool,
    ) -> str:
        """The answer, from the cache or from the endpoint; only what ``is_answer`` is kept.

        Raises :class:`EndpointError`.
        """
        asked = {"model": self.model, "messages": messages, "temperature": 0, "seed": 0}
        shape = {"name": "claims", "strict": True, "schema": schema}
        full = asked | {"response_format": {"type": "json_schema", "json_schema": shape}}
        kept = self._kept(full)
        if kept is not None and kept.is_file():
            return kept.read_text(encoding="utf-8")
        try:
            answer = self._complete(full)
        except _RefusedError:
            # Servers without structured output refuse the field; the question asks for JSON too.
            answer = self._complete(asked)
        if kept is not None and is_answer(answer):
            _keep(kept, answer)
        return answer

    def _kept(self, asked: Mapping[str, Any]) -> Path | None:
        if self.cache is None:
            return None
        text = json.dumps([self.url, asked], sort_keys=True, ensure_ascii=True)
        name = hashlib.sha256(text.encode("ascii")).hexdigest()
        return self.cache / name[:2] / f"{name}.txt"

    def _complete(self, asked: Mapping[str, Any]) -> str:
        value = self._post("/chat/completions", json.dumps(asked).encode("utf-8"))
        try:
            content = value["choices"][0]["message"]["content"]
        except (KeyError, IndexError, TypeError) as error:
            problem = f"no 'choices[0].message.content' in {shown(value)}"
            raise EndpointError(f"{self.url}: {problem}") from error
        if not isinstance(content, str):
            raise EndpointError(f"{self.url}: the answer is empty: {shown(content)}")
        return content

    def _post(self, path: str, body: bytes) -> Any:  # noqa: ANN401
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        request = urllib.request.Request(self.url + path, body, headers)
        for attempt in range(1, _TRIES + 1):
            try:
                with urllib.request.build_opener(_NoRedirect).open(
                    request, timeout=_SECONDS
                ) as got:
                    return json.loads(got.read(_MAX_BYTES))
            except urllib.error.HTTPError as error:
                if error.code not in _AGAIN or attempt == _TRIES:
                    raise self._http(error) from error
            except (OSError, HTTPException, ValueError) as error:
                raise EndpointError(f"{self.url}: {_reason(error)}; is {URL} right?") from error
            threading.Event().wait(self.pause * 2 ** (attempt - 1))
        raise AssertionError("the last attempt returns or raises")

    def _http(self, error: urllib.error.HTTPError) -> EndpointError:
        try:
            said = error.read(2000).decode("utf-8", "replace")
        except OSError:
            said = ""
        kind = _RefusedError if error.code in (400, 422) else EndpointError
        return kind(f"{self.url}: HTTP {error.code} {shown(' '.join(said.split()))}")


class _RefusedError(EndpointError):
    """The endpoint does not take the question as it is put."""


def endpoint_from_environment(environ: Mapping[str, str] = os.environ) -> Endpoint:
    """The endpoint that the environment names. Raises :class:`UsageError` when it names none."""

    def value(name: str) -> str:
        return (environ.get(name) or environ.get(_ALSO[name]) or "").strip()

    url = value(URL).rstrip("/")
    if not url:
        raise UsageError(f"--reader llm needs {URL}, for example http://localhost:11434/v1")
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        known = False
    if not known:
        raise UsageError(f"{URL} is {shown(url)}; write it as http://localhost:11434/v1")
    if not value(MODEL):
        raise UsageError(f"--reader llm needs {MODEL}, the name of a model at {url}")
    return Endpoint(url, value(MODEL), value(KEY), answers_folder())


def answers_folder() -> Path:
    """Where answers are kept: below ``XDG_CACHE_HOME``, else the platform's cache."""
    from tracker.resources.assets import cache_folder

    return cache_folder().parent / "llm"


def _keep(file: Path, answer: str) -> None:
    """Write whole or not at all; a folder that cannot be written only costs the next run time."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", dir=file.parent, delete=False, encoding="utf-8"
        ) as to:
            to.write(answer)
        Path(to.name).replace(file)
    except OSError:
        return


def _reason(error: Exception) -> str:
    return " ".join(str(getattr(error, "reason", None) or error).split()) or type(error).__name__
