"""npm's lemmy-js-client (Lemmy's API v4) in the hands of those who run a node (lemmy_admin_journey.mjs)."""
from journey import walk

from framework.case import run
from framework.mail import Mailbox
from framework.node import PASSWORD, Node


def test_a_journey_through_running_a_node():
    mails = Mailbox()
    a = Node(config={"registration.mode": "approval", "registration.confirm_email": True, **mails.config()}).start()
    b = Node().start()
    a.add_user("root", role="admin")
    a.add_user("ann")
    b.add_user("bob")
    walk("lemmy_admin_journey.mjs", 22, a.base, b.base, a.host, b.host, PASSWORD, str(mails.directory))


if __name__ == "__main__":
    run(globals())
