#include "storage/sql/db.hpp"

#include "storage/sql/postgres/database.hpp"
#include "storage/sql/sqlite/database.hpp"

namespace kith::sql {

Result<std::unique_ptr<Db>> Db::open(const Settings& settings) {
    constexpr std::string_view sqlite_scheme = "sqlite:";
    const std::string_view url = settings.url;
    if (url.starts_with(sqlite_scheme) && url.size() > sqlite_scheme.size())
        return sqlite::open_database(std::string(url.substr(sqlite_scheme.size())), settings);
    if (url.starts_with("postgres://") || url.starts_with("postgresql://"))
        return postgres::open_database(settings);
    // The whole URL may hold a password.
    return fail(Code::invalid, "The database URL is neither sqlite:PATH nor postgres://…");
}

void Db::on_news(std::function<void()> hears) {
    std::lock_guard lock(news_mutex_);
    hears_news_ = std::move(hears);
}

void Db::tell_news() {
    std::lock_guard lock(news_mutex_);
    if (hears_news_) hears_news_();
}

}  // namespace kith::sql
