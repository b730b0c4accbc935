"""The browser's part of OAuth: fills in the forms of a node's sign-in and consent pages."""
import re
from html import unescape
from urllib.parse import urlsplit

from framework import api, check


class Browser:
    """Keeps cookies; follows no redirect by itself."""

    def __init__(self, node):
        self.node = node
        self.client = api.Client(node.url, host=node.host)
        self.cookies = {}

    def open(self, method, path, form=None):
        headers = {"Accept": "text/html", "Origin": self.node.base,
                   "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        answer = self.client.request(method, path, form, headers=headers)
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return answer

    def submit(self, answer, action, **values):
        """Sends the page's form that goes to `action`, with its hidden fields."""
        form = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>',
                         answer.body.decode(), re.S)
        check.true(form, f"a form to {action}")
        hidden = dict(re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', form.group(0)))
        return self.open("POST", action, {**{k: unescape(v) for k, v in hidden.items()}, **values})

    def consent(self, path, name, password):
        """Signs in, and returns the consent page."""
        answer = self.open("GET", path).expect(200)
        answer = self.submit(answer, "/auth/sign_in", username=name, password=password).expect(303)
        location = urlsplit(answer.header("Location"))
        return self.open("GET", f"{location.path}?{location.query}").expect(200)

    def decide(self, path, name, password, decision="allow"):
        """Signs in, decides on the consent page, and returns the answer."""
        return self.submit(self.consent(path, name, password), "/oauth/authorize", decision=decision)

    def code_on_page(self, path, name, password):
        """The code that an out-of-band client's user copies."""
        page = self.decide(path, name, password).expect(200).body.decode()
        return re.search(r'id="authorization-code">([^<]+)<', page).group(1)
