// kith user|group|token|domain: the commands of the operator. With a running node they go to it
// over control.sock, without one they open the database themselves.
#include "node/main/admin.hpp"
#include "node/main/admin_domains.hpp"
#include "node/main/admin_emoji.hpp"
#include "node/main/command_line.hpp"
#include "node/main/commands.hpp"
#include "node/main/control.hpp"
#include "node/main/store.hpp"
#include "node/main/terminal.hpp"

namespace kith {

namespace {

Action forward(std::string name) {
    return [name](Context& context, const Arguments& arguments) -> Result<> {
        auto config = TRY(context.load_config());
        AdminRequest request{.name = name, .values = arguments.values()};
        if (arguments.has("FILE"))  // the node has a working directory of its own
            request.values["FILE"] = {(context.sources.working_directory / arguments.text("FILE")).string()};
        if (auto answer = ask_node(control_socket(config.data_directory()), to_json(request))) {
            context.out << for_terminal(TRY(std::move(*answer)));
            return {};
        }
        auto store = TRY(Store::open(std::move(config)));
        context.out << for_terminal(TRY(run_admin(*store->context, request)));
        return {};
    };
}

void add_user(Command& root) {
    auto& user = root.group("user", "People with an account here");
    user.command("add", "Make an account", forward("user add"))
        .argument("NAME", "letters, digits and underscores; never given again")
        .required_option("--email", "where mail goes")
        .required_option("--password", "at least 8 characters")
        .choice("--role", {"member", "moderator", "admin"}, "what they may do (member)");
    user.command("password", "Set a password; ends every session and token",
                 forward("user password"))
        .argument("NAME", "whose")
        .required_option("--password", "at least 8 characters");
    user.command("reset-second-factor",
                 "Let somebody in by the password alone who lost their authenticator app and recovery codes",
                 forward("user reset-second-factor"))
        .argument("NAME", "whose");
    user.command("suspend", "Hide a person and sign them out everywhere", forward("user suspend"))
        .argument("NAME", "whom")
        .flag("--undo", "take it back");
    user.command("delete", "Delete a person here and at all peers", forward("user delete"))
        .argument("NAME", "whom");
    user.command("waiting", "Who signed up and waits to be let in", forward("user waiting"));
    user.command("approve", "Let somebody in who signed up", forward("user approve"))
        .argument("NAME", "whom");
    user.command("reject", "Forget somebody who signed up", forward("user reject")).argument("NAME", "whom");
    auto& alias = user.group("alias", "Other accounts of a person, which may move here");
    alias.command("add", "Say that the person has that account too", forward("user alias add"))
        .argument("NAME", "whose")
        .argument("ACTOR", "the other account: its id, or name@host where it is known here");
    alias.command("remove", "Say so no more", forward("user alias remove"))
        .argument("NAME", "whose")
        .argument("ACTOR", "the other account");
    user.command("move", "Tell followers that a person has another account from now on",
                 forward("user move"))
        .argument("NAME", "whose; the account stays, and can only look and unfollow")
        .argument("TARGET", "the new account, which names this one as its alias: URL or name@host");
    user.command("rotate-keys", "Give somebody new keys: peers are told and fetch them",
                 forward(std::string(rotate_command)))
        .optional_argument("NAME", "a person or group here")
        .flag("--all", "everybody here, and the instance actor")
        .flag("--instance", "the instance actor, which signs what this node asks for");
    user.command("flag", "Mark an account as a bot", forward("user flag"))
        .argument("NAME", "a name here, or name@host")
        .flag("--undo", "take it back");
}

void add_group(Command& root) {
    auto& group = root.group("group", "Communities hosted here");
    group.command("add", "Make a group", forward("group add"))
        .argument("NAME", "letters, digits and underscores; never given again")
        .required_option("--owner", "a person here; its first member")
        .option("--title", "what it is called")
        .option("--description", "markdown")
        .choice("--posting", {"everyone", "members", "moderators"}, "who may post (everyone)")
        .flag("--approval", "joining needs a moderator's approval");
    group.command("member", "Give a member a role", forward("group member"))
        .argument("NAME", "the group")
        .argument("ACTOR", "a person here, or name@host")
        .required_choice("--role", {"owner", "moderator", "greeter", "member"}, "the role");
    group.command("take-over", "Let a group of another host move into one here", forward("group take-over"))
        .argument("NAME", "the group here")
        .required_option("--from", "the group that moves: its URL, or name@host where it is known here")
        .flag("--undo", "not any more");
    group.command("move", "Move a group to another host, with its members and all that is in it", forward("group move"))
        .argument("NAME", "the group here; nobody writes in it any more")
        .option("--to", "the group there, which takes this one over: URL or name@host")
        .flag("--cancel", "stay after all, as long as the new host has not got everything");
    group.command("moves", "Groups that move, or have moved, and how far they are", forward("group moves"));
}

void add_domain(Command& root) {
    auto& domain = root.group("domain", "Hosts that this node does not talk to");
    domain.command("block", "Block a host and everything below it", forward("domain block"))
        .argument("HOST", "example.org")
        .choice("--severity", {"suspend", "silence", "noop"},
                "suspend (the default): nothing in, nothing out; silence: not in public timelines; "
                "noop: only what the flags say")
        .flag("--reject-media", "no pictures, avatars and emoji of it")
        .flag("--reject-reports", "its reports are not taken")
        .option("--reason", "for whoever may read the blocks")
        .option("--note", "for the team")
        .flag("--obfuscate", "publish its name with stars");
    domain.command("unblock", "Take a block back", forward("domain unblock"))
        .argument("HOST", "example.org");
    domain.command("list", "All blocks", forward("domain list")).flag("--json", "as JSON");
    domain.command("export", "The blocks as Mastodon's CSV", forward("domain export"));
    domain.command("import", "Add the blocks of such a list; what is blocked already stays as it is",
                   forward("domain import"))
        .argument("FILE", "CSV with #domain, #severity and #public_comment, or a host a line")
        .flag("--preview", "only tell what it would do, and how many follows it would end");
    domain.command("allow", "Speak with a host, where federation.allow_list is on",
                   forward("domain allow"))
        .argument("HOST", "example.org, itself and nothing below it");
    domain.command("disallow", "Do so no more", forward("domain disallow"))
        .argument("HOST", "example.org");
    domain.command("subscribe", "Follow a list of blocks that others keep; it is read once a day",
                   forward(std::string(subscribe_command)))
        .argument("URL", "where the list is: CSV as for import")
        .flag("--preview", "only tell what it would do, and how many follows it would end")
        .flag("--silence-only", "silence what it suspends");
    domain.command("unsubscribe", "Leave a list and take back what it alone blocked",
                   forward("domain unsubscribe"))
        .argument("URL", "the list")
        .flag("--preview", "only tell what would be unblocked");
    domain.command("subscriptions", "The lists that this node follows", forward("domain subscriptions"));
}

void add_ops(Command& root) {
    auto& ops = root.group(
        "ops", "Community operations: who joined, who was never answered, who is tied to whom");
    ops.command("import-events", "Load a recorded community into a group's stream",
                forward("ops import-events"))
        .argument("FILE",
                  "tsv (kind, id, actor, role, hours since t0, parent) or edges (src dst "
                  "unix-seconds); plain or gzip")
        .required_option("--group", "a group here")
        .choice("--format", {"tsv", "edges"}, "what the file holds (tsv)")
        .option("--t0", "when hour 0 of a tsv file was");
    ops.command("report", "The community as of a date", forward("ops report"))
        .required_option("--group", "a group here")
        .option("--as-of", "a date or time (now)")
        .flag("--public", "as everyone may see it: no names, nothing about fewer than five people")
        .flag("--json", "as JSON");
    ops.command("opt-out", "Leave somebody out of everything that is computed, and delete what was",
                forward("ops opt-out"))
        .required_option("--group", "a group here")
        .required_option("--actor", "a name here, name@host, or a name from an import");
}

void add_peers(Command& root) {
    auto& peers = root.group("peers", "How deliveries to other hosts stand", forward("peers list"));
    peers.flag("--json", "as JSON");
    peers.command("list", "All hosts that something was sent to", forward("peers list"))
        .flag("--json", "as JSON");
    peers.command("catch-up", "Ask peers for what they posted while this node was away; it does so by "
                              "itself after a start",
                  forward("peers catch-up"))
        .option("--host", "one host only")
        .option("--since", "how long ago: 30m, 5h, 2d (1d)");
    peers.command("show", "One host, with its last error", forward("peers show"))
        .argument("HOST", "example.org")
        .flag("--json", "as JSON");
}

// What did not get out, and what did not get in.
void add_sight(Command& root) {
    root.group("post", "Posts of this node")
        .command("delivery", "Which hosts have a post, which wait, and why", forward("post delivery"))
        .argument("POST", "its id or URL")
        .flag("--json", "as JSON");
    root.command("refusals", "What peers sent and was not taken, newest first, with phase and reason",
                 forward("refusals"))
        .option("--host", "of this host only")
        .option("--limit", "how many (40)")
        .flag("--json", "as JSON");
}

void add_words(Command& root) {
    auto& rule = root.group("rule", "What everybody here agrees to");
    rule.command("add", "Add a rule", forward("rule add"))
        .argument("TEXT", "the rule, in a sentence")
        .option("--hint", "what it means, for who wants to know more");
    rule.command("remove", "Take a rule back", forward("rule remove"))
        .argument("ID", "as kith rule list shows it");
    rule.command("list", "The rules", forward("rule list"));
    auto& announcement = root.group("announcement", "What all members are told in their apps");
    announcement.command("add", "Announce something", forward("announcement add"))
        .argument("TEXT", "what, as plain text")
        .option("--starts", "when what is announced begins: 2026-12-01 or 2026-12-01T18:00:00Z")
        .option("--ends", "when it ends; it is not shown any longer then");
    announcement.command("remove", "Take it back", forward("announcement remove"))
        .argument("ID", "as kith announcement list shows it");
    announcement.command("list", "All of them", forward("announcement list"));
    auto& document = root.group("document", "What this node says about itself");
    document.command("set", "Put a document in the place of the one before", forward("document set"))
        .argument("KIND", "about, privacy or terms")
        .argument("FILE", "markdown")
        .option("--effective", "of terms: the day from which they hold: 2026-12-01 (today)");
    document.command("show", "What holds today, as it was written", forward("document show"))
        .argument("KIND", "about, privacy or terms");
}

void add_invite(Command& root) {
    auto& invite = root.group("invite", "Codes by which people may sign up");
    invite.command("create", "Make one; it is shown this once", forward("invite create"))
        .option("--uses", "how many may use it (any number)")
        .option("--expires", "how long it holds: 7d, 12h (for ever)");
    invite.command("list", "All of them, and how often each was used", forward("invite list"));
    invite.command("revoke", "It is good no more", forward("invite revoke"))
        .argument("ID", "as kith invite list shows it");
}

void add_emoji(Command& root) {
    auto& emoji = root.group("emoji", "The node's own emoji, which its people write as :shortcode:");
    emoji.command("add", "Add one, or give it another picture", forward(std::string(emoji_add_command)))
        .argument("SHORTCODE", "its name: letters, digits, hyphens and underscores")
        .argument("FILE", "its picture; it is cut to a square")
        .option("--category", "under which apps show it");
    emoji.command("import", "Add every picture of a directory, by its file name", forward(std::string(emoji_import_command)))
        .argument("FILE", "the directory")
        .option("--category", "under which apps show them");
    emoji.command("remove", "Offer it no more; posts that have it keep it", forward("emoji remove"))
        .argument("SHORTCODE", "its name");
    emoji.command("list", "All of them", forward("emoji list"));
}

void add_relay(Command& root) {
    auto& relay = root.group("relay", "Relays, which exchange public posts between nodes");
    relay.command("add", "Subscribe to a relay: it gets our public posts and sends others'",
                  forward("relay add"))
        .argument("INBOX", "the URL of its inbox: https://relay.example/inbox; with --litepub that of its "
                           "actor: https://relay.example/relay")
        .flag("--litepub", "a relay of Pleroma's kind, which follows back and announces posts by their ids");
    relay.command("remove", "End it", forward("relay remove"))
        .argument("INBOX", "as kith relay list shows it");
    relay.command("list", "Relays, and whether they accepted", forward("relay list"))
        .flag("--json", "as JSON");
}

void add_report(Command& root) {
    auto& report = root.group("report", "What members and other hosts report to the moderators");
    report.command("list", "Reports that nobody has handled yet, newest first",
                   forward("report list"))
        .flag("--resolved", "those that were handled")
        .flag("--json", "as JSON");
    report.command("show", "One report, with what was said and the posts", forward("report show"))
        .argument("ID", "its number in the list")
        .flag("--json", "as JSON");
    report.command("resolve", "Close a report", forward("report resolve"))
        .argument("ID", "its number in the list")
        .flag("--undo", "open it again");
}

Result<> migrate(Context& context, const Arguments&) {
    auto config = TRY(context.load_config());
    auto store = TRY(Store::open(std::move(config)));
    context.out << "the database is up to date\n";
    return {};
}

}  // namespace

void add_admin_commands(Command& root) {
    add_user(root);
    add_group(root);
    add_domain(root);
    add_ops(root);
    add_peers(root);
    add_sight(root);
    add_words(root);
    add_emoji(root);
    add_invite(root);
    add_relay(root);
    add_report(root);
    root.group("token", "Access tokens")
        .command("create", "Print a new access token and nothing else", forward("token create"))
        .argument("NAME", "a person here")
        .option("--scopes", "read, write, follow, push, admin:read, admin:write or parts of them (\"read write follow\")");
    root.command("migrate",
                 "Bring the database's schema up to date; refuses one that a newer kith wrote",
                 migrate);
}

}  // namespace kith
