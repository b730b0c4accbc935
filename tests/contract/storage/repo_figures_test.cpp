// Figures, rankings and cohorts from what is stored anyway; every one of them answers on each engine.
#include "storage/repo/figures.hpp"

#include "storage/repo/posts.hpp"
#include "storage/repo/relations.hpp"
#include "tests/contract/storage/repo_world.hpp"

using namespace kith;
using namespace kith::test;
using repo::Figure;
using repo::FigureWindow;
using repo::Ranking;

BOOST_AUTO_TEST_SUITE(repo_figures)

namespace {

constexpr TimeMs day = noon / day_ms * day_ms;

}  // namespace

KITH_STORAGE_TEST(days_and_totals_count_each_thing_once) {
    World world(db);
    const auto ann = world.person("ann"), bob = world.person("bob"), far = world.stranger("far");
    const auto says = [&](Id author, TimeMs at) {
        auto draft = world.draft(author);
        draft.published_at = draft.received_at = at;
        draft.local = author != far;
        draft.language = "en";
        return world.store(draft).id;
    };
    const auto post = says(ann, day + 1);
    says(ann, day + 2);
    says(bob, day + day_ms);
    says(far, day + 3);
    put(db, repo::put_reaction, model::Reaction{bob, post, model::ReactionKind::like, "l", day + 5}, world.next_id());
    const FigureWindow both{.from = day, .to = day + 2 * day_ms, .key = {}}, first{.from = day, .to = day + day_ms, .key = {}};
    BOOST_TEST(ask(db, repo::figure_total, Figure::active_users, both) == 2);
    const auto days = ask(db, repo::figure_by_day, Figure::active_users, both);
    BOOST_TEST(days.size() == 2);
    BOOST_TEST((days[0].day == day && days[0].value == 2 && days[1].value == 1));
    BOOST_TEST(ask(db, repo::figure_total, Figure::local_posts, first) == 2);
    BOOST_TEST(ask(db, repo::figure_total, Figure::interactions, both) == 1);
    const FigureWindow there{.from = day, .to = day + day_ms, .key = "there.example"};
    BOOST_TEST(ask(db, repo::figure_total, Figure::instance_statuses, there) == 1);
    const auto servers = ask(db, repo::ranking, Ranking::servers, both, 10);
    BOOST_TEST((servers.size() == 1 && servers[0].key == "there.example"));
    const auto languages = ask(db, repo::ranking, Ranking::languages, both, 10);
    BOOST_TEST((languages.size() == 1 && languages[0].value == 3));
    BOOST_TEST(ask(db, repo::active_days, both, 10).size() == 3);
}

KITH_STORAGE_TEST(every_figure_and_ranking_is_understood) {
    World world(db);
    world.stranger("far");
    for (int figure = 0; figure <= int(Figure::local_posts); ++figure) {
        const FigureWindow window{.from = day, .to = day + day_ms, .key = figure >= int(Figure::tag_accounts) && figure <= int(Figure::tag_servers) ? "1" : "there.example"};
        BOOST_TEST(ask(db, repo::figure_total, Figure(figure), window) >= 0);
        ask(db, repo::figure_by_day, Figure(figure), window);
    }
    for (int ranking = 0; ranking <= int(Ranking::instance_languages); ++ranking)
        ask(db, repo::ranking, Ranking(ranking),
            FigureWindow{.from = day, .to = day + day_ms,
                         .key = ranking == int(Ranking::tag_servers) || ranking == int(Ranking::tag_languages) ? "1" : "there.example"}, 5);
    const auto accounts = ask(db, repo::ranking, Ranking::instance_accounts, FigureWindow{.from = 0, .to = day, .key = "there.example"}, 5);
    BOOST_TEST((accounts.size() == 1 && accounts[0].key == "far" && accounts[0].value == 0));
    const auto about = ask(db, repo::database_figures);
    BOOST_TEST(about.bytes > 0);
    BOOST_TEST(!about.version.empty());
    ask(db, repo::sign_up_days, FigureWindow{.from = 0, .to = day, .key = {}}, 5);
}

BOOST_AUTO_TEST_SUITE_END()
