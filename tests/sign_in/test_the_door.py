"""What every request passes before Streamlit sees it, tried without a browser: as a thief or another site would."""

from __future__ import annotations

import re

import pytest
import requests
from websockets.exceptions import InvalidStatus

from pages.parts.menu import PAGES
from tests.browser.fixtures import cookie_of
from tests.browser.tool import Tool
from tests.sign_in.conversation import conversation, run


def new_cookie(tool: Tool) -> str:
    return requests.get(tool.url, timeout=10).cookies["mace_browser"]


def test_a_fresh_process_shows_the_sign_in_page_at_every_address_and_nothing_else(tool: Tool) -> None:
    tool.stop()
    tool.start()
    with conversation(tool, new_cookie(tool)) as websocket:
        for address in ("account", "", "sign_in", "no-such-page"):
            _, words = run(websocket, address)
            assert "Sign in" in words
            assert "Your account" not in words
            assert ("page_not_found" in words) == (address in ("sign_in", "no-such-page"))


def test_the_cookie_is_random_and_out_of_reach_of_scripts_and_other_sites(tool: Tool) -> None:
    first, second = (requests.get(tool.url, timeout=10) for _ in range(2))
    assert re.fullmatch(
        r"mace_browser=[\w-]{43}; Path=/; HttpOnly; SameSite=Lax", first.headers["set-cookie"]
    )
    assert first.cookies["mace_browser"] != second.cookies["mace_browser"]
    assert "strict-transport-security" not in first.headers


TLS = {"X-Forwarded-Proto": "https"}


def test_behind_tls_the_cookie_is_bound_to_this_host_and_the_browser_comes_by_tls_only(tool: Tool) -> None:
    answer = requests.get(tool.url, headers=TLS, timeout=10)
    assert re.fullmatch(
        r"__Host-mace_browser=[\w-]{43}; Path=/; HttpOnly; SameSite=Lax; Secure", answer.headers["set-cookie"]
    )
    for path in ("/", "/ready", "/media/x.csv", "/no-such-page"):
        headers = requests.get(tool.url + path, headers=TLS, timeout=10).headers
        assert headers["strict-transport-security"] == "max-age=31536000"


@pytest.mark.parametrize(
    ("name", "headers", "status"),
    [
        ("mace_browser", {}, 204),
        ("__Host-mace_browser", TLS, 204),
        ("mace_browser", TLS, 403),  # another host of the domain, or somebody on the way, may have planted it
        ("__Host-mace_browser", {}, 403),
    ],
)
def test_a_cookie_counts_under_the_name_that_fits_how_it_came(
    name: str, headers: dict[str, str], status: int, tool: Tool
) -> None:
    origin = tool.url.replace("http:", "https:") if headers else tool.url
    sent = {**headers, "Cookie": f"other=1; {name}={cookie_of('manager')}", "Origin": origin}
    assert requests.post(tool.url + "/stay", headers=sent, timeout=10).status_code == status


def test_an_address_that_is_no_page_is_not_found_and_every_page_is(tool: Tool) -> None:
    for path in (
        "/no-such-page",
        "/account/more",
        "/nothing.js",
        "/index.htm",
        "/.env",
        "/admin",
        "/static/x",
    ):
        answer = requests.get(tool.url + path, timeout=10)
        assert (answer.status_code, "Page not found" in answer.text) == (404, True), path
    for path in (
        "/",
        "/account",
        "/account/",
        "/index.html",
        "/favicon.png",
        *(f"/{page.url_path}" for page in PAGES),
    ):
        assert requests.get(tool.url + path, timeout=10).status_code == 200, path


def test_whoever_watches_the_tool_is_told_that_it_is_ready(tool: Tool) -> None:
    answer = requests.get(tool.url + "/ready", timeout=10)
    assert (answer.status_code, answer.text) == (200, "Ready.")


@pytest.mark.parametrize("path", ["/", "/account", "/_stcore/health", "/media/x.csv", "/nothing.js"])
def test_every_answer_says_how_far_the_browser_may_trust_it(tool: Tool, path: str) -> None:
    headers = requests.get(tool.url + path, timeout=10).headers
    policy = headers["content-security-policy"]
    assert "script-src 'self' blob: 'sha256-" in policy
    assert "unsafe-inline" not in re.search("script-src[^;]*", policy)[0]
    assert "unsafe-eval" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"


def test_a_lost_connection_comes_back_to_its_page(tool: Tool) -> None:
    cookie = new_cookie(tool)
    with conversation(tool, cookie) as websocket:
        page, _ = run(websocket)
    with conversation(tool, cookie, page) as websocket:
        assert run(websocket)[0] == page


def test_a_page_does_not_open_for_another_cookie_that_knows_its_id(tool: Tool) -> None:
    with conversation(tool, new_cookie(tool)) as websocket:
        page, _ = run(websocket)
    for cookie in (new_cookie(tool), ""):
        with conversation(tool, cookie, page) as websocket:
            assert run(websocket)[0] != page


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "http://localhost:1", "null"])
def test_another_site_cannot_converse(tool: Tool, origin: str) -> None:
    with pytest.raises(InvalidStatus, match="403"), conversation(tool, new_cookie(tool), origin=origin):
        pass


@pytest.mark.parametrize("path", ["/enter", "/stay"])
@pytest.mark.parametrize("headers", [{}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}])
def test_another_site_cannot_send(tool: Tool, path: str, headers: dict[str, str]) -> None:
    answer = requests.post(tool.url + path, headers=headers, timeout=10)
    assert (answer.status_code, answer.text) == (403, "This request came from another site.")


def test_a_made_up_ticket_opens_nothing(tool: Tool) -> None:
    answer = requests.post(
        tool.url + "/enter", headers={"Origin": tool.url, "x-ticket": "made up"}, timeout=10
    )
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "path", ["/media/anything.csv", "/_stcore/upload_file/a/b", "//media/x", "/media/../media/x"]
)
def test_files_are_for_people_who_are_signed_in(tool: Tool, path: str) -> None:
    session = requests.Session()
    request = requests.Request("GET", tool.url, cookies={"mace_browser": new_cookie(tool)}).prepare()
    request.url = tool.url + path
    answer = session.send(request, timeout=10)
    assert answer.status_code in (400, 403)


@pytest.mark.parametrize("path", ["/_stcore/agent/interact", "/_stcore/agent/mcp", "/_stcore/metrics"])
def test_there_is_no_way_in_beside_the_browser(tool: Tool, path: str) -> None:
    assert requests.get(tool.url + path, timeout=10).status_code == 404
    assert requests.post(tool.url + path, headers={"Origin": tool.url}, timeout=10).status_code == 404


def test_a_signed_in_cookie_opens_the_files_it_was_told_of_and_stays(tool: Tool) -> None:
    signed_in = {"Cookie": f"mace_browser={cookie_of('manager')}"}
    assert requests.get(tool.url + "/media/anything.csv", headers=signed_in, timeout=10).status_code == 403
    headers = {**signed_in, "Origin": tool.url}
    assert requests.post(tool.url + "/stay", headers=headers, timeout=10).status_code == 204
    assert requests.post(tool.url + "/stay", headers={"Origin": tool.url}, timeout=10).status_code == 403
