"""Black-box tests of kith: real nodes on loopback, fake peers in the test process.

`node` starts kith processes, `peer` is a fake federation server with actors that sign, `ap` builds
activities, `api` speaks the Mastodon client API, `check` asserts, `case` runs a file's tests.
"""
