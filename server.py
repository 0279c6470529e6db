"""The door of the tool: `streamlit run server.py`. What every request passes before Streamlit sees it, and the few
addresses that Streamlit cannot serve, because only an HTTP answer can set a cookie that scripts cannot read.

Who may do what inside is not decided here but in data/.
"""

import asyncio
import base64
import hashlib
import logging
import re
import secrets
import traceback
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from anyio import CapacityLimiter, Lock, to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.file_util import get_static_dir
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.pages_manager import PagesManager

from data.backups.nightly_backup import start_nightly_backups
from data.database.engine import DiskFull
from data.database.readiness import why_not_ready
from data.database.store import the_store
from data.refusal import Refused
from data.rights.deletion import agree_with_list
from data.sign_in import by_service, configured, sessions
from data.sign_in.pace import Pace, Uploads
from data.sign_in.tries import BROWSER_REMEMBERED
from pages.parts import browser as browsers
from pages.parts import callbacks, cookies, menu
from pages.parts.browser import COOKIE, KNOWN_BROWSER, SIGN_IN_PROBLEM
from pages.parts.words import paragraphs

# Before the first session, Streamlit would otherwise take the modules in pages/ for pages of its own: run one
# without app.py for anybody who asks, and meet the first deep link with "Page not found".
PagesManager.uses_pages_directory = False
callbacks.run_to_their_end()
browsers.served_by_server = True

UPLOAD = "/_stcore/upload_file"
SIGNED_IN_ONLY = ("/media/", UPLOAD)
NOT_SERVED = ("/_stcore/agent", "/_stcore/metrics", "/auth/", "/oauth2callback")
"""The last two are Streamlit's own sign-in: its cookie lasts 30 days and cannot be taken back."""
WAITING_FOR_THE_SERVICE = CapacityLimiter(8)
"""However slowly the sign-in service answers, the threads that everybody else needs stay free."""
PACE, UPLOADS = Pace(), Uploads()
TOO_MANY_UPLOADS = "You have uploaded too much in the last hour. Wait an hour, then try again."
WHAT_THE_BROWSER_IS_TOLD = {
    "allowedOrigins": [],
    "useExternalAuthToken": False,
    "enableCustomParentMessages": False,
    "enforceDownloadInNewTab": False,
    "metricsUrl": "",
    "blockErrorDialogs": True,
    "resourceCrossOriginMode": None,
}
"""Streamlit's own answer, but for its dialogs: that the tool cannot be reached is said in our words, which do not lie over
what was typed (`pages/scripts/connection.js`)."""
READY_FOR = 5  # seconds
MEDIA = b"/media/"
REMEMBERED_PAGES = 20_000
SORRY = (
    "There is a problem with the tool. What you have typed is kept. Load the page again and go on from there."
)


def content_security_policy() -> str:
    """Scripts run only from this server, as Streamlit's components (blob:), or if they are the ones in its page."""
    page = Path(get_static_dir(), "index.html").read_text(encoding="utf-8")
    inline = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in inline]
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(("script-src 'self' blob:", *(f"'sha256-{digest}'" for digest in digests))),
            "style-src 'self' 'unsafe-inline'",  # Streamlit's own styles are written by script, without a nonce
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


HEADERS = {
    "Content-Security-Policy": content_security_policy(),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
OVER_TLS_ONLY = {"Strict-Transport-Security": "max-age=31536000"}


def addresses() -> frozenset[str]:
    """The pages, and the files that Streamlit serves: at any other address it would answer with its first page."""
    static = Path(get_static_dir())
    files = (str(path.relative_to(static)) for path in static.rglob("*") if path.is_file())
    return frozenset(f"/{place}" for place in ("", *(page.url_path for page in menu.PAGES), *files))


ADDRESSES = addresses()
SERVED_BY_PARTS = ("/_stcore/", "/media/", "/component/", "/enter", "/stay", "/ready", "/oidc/", "//")
"""The last is refused by Streamlit itself."""
NO_SUCH_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Page not found</title>
<meta name="viewport" content="width=device-width"><body style="font: 1.1875rem/1.5 sans-serif; margin: 2rem; max-width: 40rem">
<h1>Page not found</h1><p>If you typed the address, check that it is right. If you followed a link, it may be old.</p>
<p><a href="/">Go to the start of the tool</a></p></body></html>"""


class OpenPages:
    """Which browser's cookie each open page came with, and the way to have it come back with that browser's next one."""

    def __init__(self) -> None:
        self.browser_of_page: OrderedDict[str, str] = OrderedDict()
        self.connections: dict[str, set[asyncio.Event]] = {}
        self.before: dict[str, str] = {}

    def remember(self, page: str, browser: str) -> None:
        self.browser_of_page[page] = browser
        if len(self.browser_of_page) > REMEMBERED_PAGES:
            self.browser_of_page.popitem(last=False)

    @contextmanager
    def connected(self, browser: str) -> Iterator[asyncio.Event]:
        """Yields what is set when the page is to come back with another cookie."""
        has_moved = asyncio.Event()
        self.connections.setdefault(browser, set()).add(has_moved)
        try:
            yield has_moved
        finally:
            others = self.connections.get(browser, set())
            others.discard(has_moved)
            if not others:
                self.connections.pop(browser, None)

    def will_move(self, before: str, after: str) -> None:
        """The same person signed in again at this browser: its pages go on as they stand, once it holds the new cookie."""
        self.before[after] = before

    def seen(self, after: str) -> None:
        """The browser holds this cookie. Its pages are disconnected, and found again only by who shows the new cookie."""
        before = self.before.pop(after, None)
        if before is None:
            return
        for page, browser in self.browser_of_page.items():
            if browser == before:
                self.browser_of_page[page] = after
        for has_moved in self.connections.get(before, ()):
            has_moved.set()


OPEN_PAGES = OpenPages()


class Door:
    """Pure ASGI, because Starlette's BaseHTTPMiddleware does not see websockets."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.offered_file: OrderedDict[tuple[str, str], None] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if "headers" in scope:
            cookies.leave_ours(scope)
        if scope["type"] == "websocket":
            await self._converse(scope, receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS | (OVER_TLS_ONLY if cookies.is_behind_tls(scope) else {}))
                if not scope["path"].startswith("/static/"):
                    headers["Cache-Control"] = "no-store"
                if not browser and headers.get("content-type", "").startswith("text/html"):
                    headers.append("Set-Cookie", cookies.written(COOKIE, secrets.token_urlsafe(32), scope))
            await send(message)

        browser = HTTPConnection(scope).cookies.get(COOKIE, "")
        OPEN_PAGES.seen(browser)
        refusal = await self._refusal(scope, browser)
        await (refusal or self.app)(scope, receive, send_guarded)

    async def _refusal(self, scope: Scope, browser: str) -> Response | None:
        path = scope["path"]
        if scope["method"] not in ("GET", "HEAD") and not is_same_origin(scope):
            return PlainTextResponse("This request came from another site.", status_code=403)
        if path.startswith(NOT_SERVED):
            return PlainTextResponse("Not found.", status_code=404)
        if path == "/_stcore/host-config":
            return JSONResponse(WHAT_THE_BROWSER_IS_TOLD)
        if not path.startswith(SERVED_BY_PARTS) and (path.rstrip("/") or "/") not in ADDRESSES:
            return HTMLResponse(NO_SUCH_PAGE, status_code=404)
        if path.startswith(SIGNED_IN_ONLY):
            account = await to_thread.run_sync(sessions.account_behind, the_store(), browser)
            if account is None:
                return PlainTextResponse("Sign in to open this.", status_code=403)
            if path.startswith(UPLOAD) and scope["method"] in ("PUT", "POST"):
                size = Headers(scope=scope).get("content-length", "")
                if not size.isdecimal():
                    return PlainTextResponse("Say how large the file is.", status_code=411)
                if not UPLOADS.allows(account.account_id, int(size)):
                    return PlainTextResponse(TOO_MANY_UPLOADS, status_code=429)
            if path.startswith("/media/") and (path[len("/media/") :], browser) not in self.offered_file:
                return PlainTextResponse("Open the page that this file is on, and ask for it there.", 403)
        return None

    async def _converse(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not is_same_origin(scope):
            await send({"type": "websocket.close", "code": 1008})
            return
        browser = HTTPConnection(scope).cookies.get(COOKIE, "")
        OPEN_PAGES.seen(browser)
        self._leave_pages_of_others(scope, browser)
        known = False

        async def send_noting_the_page(message: Message) -> None:
            nonlocal known
            said = message.get("bytes") if message["type"] == "websocket.send" else None
            if said and MEDIA in said and (file := file_offered(ForwardMsg.FromString(said))):
                self._remember_file(file, browser)
            if not known and said:
                page = ForwardMsg.FromString(said).new_session.initialize.session_id
                if page:
                    known = True
                    OPEN_PAGES.remember(page, browser)
            await send(message)

        with OPEN_PAGES.connected(browser) as has_moved:
            await self.app(scope, until(has_moved, receive, send), send_noting_the_page)

    def _leave_pages_of_others(self, scope: Scope, browser: str) -> None:
        """A lost connection comes back to its page by an id in its third subprotocol. Whoever shows that id with
        another cookie (a thief, or the same browser after somebody else signed in) begins a page of their own."""
        headers = MutableHeaders(scope=scope)
        asked = [entry.strip() for entry in headers.get("sec-websocket-protocol", "").split(",")]
        if len(asked) > 2 and not (browser and OPEN_PAGES.browser_of_page.get(asked[2]) == browser):
            headers["sec-websocket-protocol"] = ", ".join(asked[:2])

    def _remember_file(self, file: str, browser: str) -> None:
        """Whose browser was offered a file may fetch it. Streamlit itself gives a file to whoever knows the address."""
        self.offered_file[file, browser] = None
        if len(self.offered_file) > REMEMBERED_PAGES:
            self.offered_file.popitem(last=False)


def until(has_moved: asyncio.Event, receive: Receive, send: Send) -> Receive:
    """What the browser says, until the page is to come back by another connection."""

    async def receive_or_end() -> Message:
        says, ends = asyncio.ensure_future(receive()), asyncio.ensure_future(has_moved.wait())
        done, others = await asyncio.wait((says, ends), return_when=asyncio.FIRST_COMPLETED)
        for other in others:
            other.cancel()
        if says in done:
            return says.result()
        await send({"type": "websocket.close", "code": 1012})
        return {"type": "websocket.disconnect", "code": 1012}

    return receive_or_end


def file_offered(said: ForwardMsg) -> str:
    """Where a message to the browser offers a file. Words that somebody typed may hold such an address, and offer none."""
    address = said.backend_operation_response.deferred_file.url or said.delta.new_element.download_button.url
    return address.removeprefix(MEDIA.decode())


def is_same_origin(scope: Scope) -> bool:
    """Browsers name the page a websocket or a POST comes from; one that does not say is not let in."""
    headers = Headers(scope=scope)
    return urlsplit(headers.get("origin", "")).netloc == headers.get("host")


async def enter(request: Request) -> Response:
    """Exchange the ticket of a right password for a new cookie, so that no cookie from before is ever signed in. 200 when
    the page goes on as it stands, 204 when it is to be loaded again."""
    is_in = await _signed_in(request, request.headers.get("x-ticket", ""), Response(None, 204))
    return is_in or PlainTextResponse("Sign in again.", 403)


async def _signed_in(request: Request, ticket: str, answer: Response) -> Response | None:
    """The answer, with the browser's new cookies; None when the ticket opens nothing. Where the same person was signed in
    at this browser before, its open pages go on, and an answer without content says so."""
    before = request.cookies.get(COOKIE, "")
    token, known = secrets.token_urlsafe(32), request.cookies.get(KNOWN_BROWSER, "")
    address = request.client.host if request.client else ""
    known = await to_thread.run_sync(sessions.redeem, the_store(), ticket, token, known, address)
    if not known:
        return None
    if await to_thread.run_sync(sessions.are_of_one_person, the_store(), before, token):
        OPEN_PAGES.will_move(before, token)
        answer.status_code = 200 if answer.status_code == 204 else answer.status_code
    days = BROWSER_REMEMBERED.days
    answer.headers.append("Set-Cookie", cookies.written(COOKIE, token, request.scope))
    answer.headers.append("Set-Cookie", cookies.written(KNOWN_BROWSER, known, request.scope, days))
    return answer


async def ask_the_service(request: Request) -> Response:
    """On to the page of the organisation's sign-in service, which sends the browser back to the next function."""
    asking = (the_store(), request.cookies.get(COOKIE, ""), request.query_params.get("to", "/"))
    try:
        address = await to_thread.run_sync(by_service.begin, *asking, limiter=WAITING_FOR_THE_SERVICE)
    except by_service.NotSignedIn as refused:
        return _back_to_sign_in(refused.which)
    return RedirectResponse(address, status_code=303)


async def answered_by_the_service(request: Request) -> Response:
    """The same as `enter`, for who has come by the sign-in service."""
    before, said = request.cookies.get(COOKIE, ""), request.query_params
    answer = (the_store(), before, said.get("state", ""), said.get("code", ""))
    try:
        known = await to_thread.run_sync(by_service.finish, *answer, limiter=WAITING_FOR_THE_SERVICE)
    except by_service.NotSignedIn as refused:
        return _back_to_sign_in(refused.which)
    is_in = await _signed_in(request, known.ticket, RedirectResponse(known.going_to, status_code=303))
    if is_in is None:
        return _back_to_sign_in("refused")
    await to_thread.run_sync(sessions.sign_out, the_store(), before)
    return is_in


async def leave_the_service(_: Request) -> Response:
    """After the sign-out here: on to the service's own."""
    return RedirectResponse(await to_thread.run_sync(by_service.leave, limiter=WAITING_FOR_THE_SERVICE), 303)


def in_pace(way: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """Asked before a thread, a row or the service is: see `data.sign_in.pace`."""

    async def way_in_pace(request: Request) -> Response:
        goes_on = PACE.allows(request.client.host if request.client else "")
        return await way(request) if goes_on else _back_to_sign_in("often")

    return way_in_pace


def _back_to_sign_in(which: str) -> Response:
    return RedirectResponse(f"/?{SIGN_IN_PROBLEM}={which}", 303)


async def stay(request: Request) -> Response:
    """Somebody is still at the page: their session does not go idle."""
    account = await to_thread.run_sync(sessions.account_behind, the_store(), request.cookies.get(COOKIE, ""))
    return Response(status_code=204 if account else 403)


class Readiness:
    """Asked anew at most every few seconds, however often it is called for."""

    def __init__(self) -> None:
        self._asking = Lock()
        self._answer: tuple[float, str | None] = (-READY_FOR, None)

    async def __call__(self, _: Request) -> Response:
        async with self._asking:
            if monotonic() - self._answer[0] >= READY_FOR:
                self._answer = (monotonic(), await to_thread.run_sync(why_not_ready, the_store()))
        why = self._answer[1]
        return PlainTextResponse(f"Not ready. {why}", 503) if why else PlainTextResponse("Ready.")


def say_what_happened(error: Exception) -> bool:
    """For what no page has dealt with. A refusal is said in its own words; anything else might quote what was typed."""
    st.error(paragraphs(str(error)) if isinstance(error, Refused | DiskFull) else SORRY)
    return True


@asynccontextmanager
async def hold_the_database(_: st.App) -> AsyncIterator[None]:
    """Opened at the start, so that whoever starts the tool is told, and not the first person who comes."""
    configured.check()
    store = await to_thread.run_sync(the_store)
    await to_thread.run_sync(agree_with_list, store)
    nightly_backups = start_nightly_backups(store)
    yield
    nightly_backups.set()
    await to_thread.run_sync(store.close)


def keep_words_out_of_the_log() -> None:
    """An exception's message may quote what was typed about a child: log its type and its place only."""
    make_record = logging.getLogRecordFactory()

    def make_record_without_words(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = make_record(*args, **kwargs)
        if record.exc_info and record.exc_info[0]:
            kind, _, where = record.exc_info
            record.exc_text = "".join(traceback.format_tb(where)) + kind.__qualname__
            record.exc_info = None
        return record

    logging.setLogRecordFactory(make_record_without_words)


keep_words_out_of_the_log()
app = st.App(
    "app.py",
    lifespan=hold_the_database,
    middleware=[Middleware(Door)],
    routes=[
        Route("/enter", enter, methods=["POST"]),
        Route("/stay", stay, methods=["POST"]),
        Route("/ready", Readiness().__call__, methods=["GET"]),
        Route("/oidc/login", in_pace(ask_the_service), methods=["GET"]),
        Route("/oidc/callback", in_pace(answered_by_the_service), methods=["GET"]),
        Route("/oidc/logout", in_pace(leave_the_service), methods=["GET"]),
    ],
    on_script_error=say_what_happened,
)
