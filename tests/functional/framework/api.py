"""A small client of the Mastodon API, on http.client; it says what went wrong."""

import http.client
import json
import re
from urllib.parse import quote, urlencode, urlsplit

from . import check

TIMEOUT_S = 60
PAGES_MAX = 500


class Answer:
    """One HTTP answer. Its JSON is parsed on demand."""

    def __init__(self, method, target, status, headers, body):
        self.what = f"{method} {target}"
        self.status = status
        self.headers = headers
        self.body = body

    def header(self, name):
        return next((v for n, v in self.headers if n.lower() == name.lower()), None)

    @property
    def json(self):
        try:
            return json.loads(self.body)
        except ValueError:
            check.fail(f"{self.what}: not JSON: {self.status} {self.body[:300]!r}")

    def expect(self, *statuses):
        """Fails unless the status is one of these; returns self."""
        if self.status not in statuses:
            check.fail(f"{self.what}: expected {statuses}, got {self.status} {self.body[:500]!r}")
        return self

    def error(self, status):
        """Expects this failure in the API's form and returns its text."""
        text = self.expect(status).json.get("error")
        check.true(isinstance(text, str) and text, f"{self.what}: an 'error' text")
        return text

    def links(self):
        """{'next': url, 'prev': url} of the Link header."""
        found = re.findall(r'<([^>]+)>; rel="(\w+)"', self.header("Link") or "")
        return {rel: url for url, rel in found}


def _pairs(parameters):
    """{"a": [1, 2], "b": True} as form pairs: lists as a[]=…"""
    pairs = []
    for name, value in parameters.items():
        if value is None:
            continue
        many = isinstance(value, (list, tuple))
        for each in value if many else [value]:
            text = str(each).lower() if isinstance(each, bool) else str(each)
            pairs.append((f"{name}[]" if many else name, text))
    return pairs


class Client:
    """Speaks to one node as one user (or as nobody) over one kept-alive connection."""

    def __init__(self, url, token=None, host=None):
        self.address = urlsplit(url)
        self.host = host or self.address.netloc
        self.token = token
        self._connection = None

    # -- requests ----------------------------------------------------------------------------

    def request(self, method, path, form=None, body=None, headers=None, **query):
        """`form` is sent urlencoded, `body` as JSON, or as it is where it is bytes; `query` goes into the URL."""
        target = path + ("?" + urlencode(_pairs(query)) if query else "")
        sent = {"Host": self.host, "Accept": "application/json", **(headers or {})}
        if self.token:
            sent.setdefault("Authorization", f"Bearer {self.token}")
        data = None
        if isinstance(body, bytes):
            data = body
        elif body is not None:
            data, sent["Content-Type"] = json.dumps(body), "application/json"
        elif form is not None:
            data, sent["Content-Type"] = (urlencode(_pairs(form)),
                                          "application/x-www-form-urlencoded")
        elif method in ("POST", "PUT", "PATCH"):
            data = b""
        return self._exchange(method, target, data, sent)

    def upload(self, method, path, files, form=None):
        """`files`: name of the field → bytes, sent as a multipart form with what `form` holds."""
        mark = "kith-test-boundary-7d1f"
        parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{text}'.encode()
                 for name, text in _pairs(form or {})]
        parts += [f'Content-Disposition: form-data; name="{name}"; filename="{name}.bin"\r\n'
                  "Content-Type: application/octet-stream\r\n\r\n".encode() + data
                  for name, data in files.items()]
        body = b"".join(f"--{mark}\r\n".encode() + part + b"\r\n" for part in parts)
        sent = {"Host": self.host, "Content-Type": f"multipart/form-data; boundary={mark}"}
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        return self._exchange(method, path, body + f"--{mark}--\r\n".encode(), sent)

    def _exchange(self, method, target, data, headers):
        reused = self._connection is not None
        if not reused:
            self._connection = http.client.HTTPConnection(
                self.address.hostname, self.address.port, timeout=TIMEOUT_S)
        try:
            self._connection.request(method, target, data, headers)
            got = self._connection.getresponse()
            return Answer(method, target, got.status, got.getheaders(), got.read())
        except (ConnectionError, http.client.HTTPException):
            self._connection.close()
            self._connection = None
            if not reused:
                raise
            return self._exchange(method, target, data, headers)  # the node had closed it

    def get(self, path, **query):
        return self.request("GET", path, **query).expect(200).json

    def post(self, path, form=None, **more):
        return self.request("POST", path, form, **more).expect(200).json

    def put(self, path, form=None, **more):
        return self.request("PUT", path, form, **more).expect(200).json

    def patch(self, path, form=None, **more):
        return self.request("PATCH", path, form, **more).expect(200).json

    def delete(self, path, form=None, **more):
        return self.request("DELETE", path, form, **more).expect(200).json

    def pages(self, path, direction="next", **query):
        """Yields the pages of a list by following the Link header."""
        answer = self.request("GET", path, **query).expect(200)
        for _ in range(PAGES_MAX):
            if answer.json:
                yield answer.json
            url = answer.links().get(direction)
            if not url or not answer.json:
                return
            check.equal(urlsplit(url).netloc, self.host, f"{answer.what}: host of the Link")
            target = urlsplit(url)
            answer = self.request("GET", f"{target.path}?{target.query}").expect(200)
        check.fail(f"{path}: more than {PAGES_MAX} pages")

    def all(self, path, **query):
        """Every entry of a paged list, newest first."""
        return [entry for page in self.pages(path, **query) for entry in page]

    # -- what tests say often ----------------------------------------------------------------

    def me(self):
        return self.get("/api/v1/accounts/verify_credentials")

    def status(self, text, **more):
        """Posts a status and returns it."""
        return self.post("/api/v1/statuses", {"status": text, **more})

    def home(self, **query):
        return self.get("/api/v1/timelines/home", **query)

    def notifications(self, kind=None, **query):
        found = self.get("/api/v1/notifications", **query)
        return [n for n in found if kind in (None, n["type"])]

    def mentions_with(self, text):
        """Statuses of mention notifications whose content holds this text."""
        return [n["status"] for n in self.notifications("mention", limit=40)
                if text in n["status"]["content"]]

    def context(self, status_id):
        return self.get(f"/api/v1/statuses/{status_id}/context")

    def search(self, query, kind, resolve=True):
        """Results of a search: kind is 'accounts' or 'statuses'."""
        return self.get("/api/v2/search", q=query, type=kind, resolve=resolve)[kind]

    def find_account(self, handle_or_url):
        """The account of a handle or URL, fetched from its host where needed."""
        found = self.search(handle_or_url, "accounts")
        check.true(found, f"an account for {handle_or_url}")
        return found[0]

    def find_status(self, url):
        found = self.search(url, "statuses")
        check.true(found, f"a status for {url}")
        return found[0]

    def relationship(self, account_id, **query):
        return self.get("/api/v1/accounts/relationships", id=[account_id], **query)[0]

    def follow(self, handle_or_url):
        """Follows an account and returns it."""
        account = self.find_account(handle_or_url)
        self.post(f"/api/v1/accounts/{account['id']}/follow")
        return account

    def follow_accepted(self, handle_or_url, timeout=15):
        """Follows and waits until the other side has accepted."""
        account = self.follow(handle_or_url)
        check.eventually(lambda: self.relationship(account["id"])["following"], timeout,
                         f"{handle_or_url} accepts the follow")
        return account

    def unfollow(self, account_id):
        return self.post(f"/api/v1/accounts/{account_id}/unfollow")

    def act(self, status_id, verb, **form):
        """favourite, reblog, bookmark … and their un-forms."""
        return self.post(f"/api/v1/statuses/{quote(str(status_id))}/{verb}", form)
