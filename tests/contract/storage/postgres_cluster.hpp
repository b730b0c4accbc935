#pragma once
#include <string>

namespace kith::test {

// The program's one throw-away PostgreSQL cluster (postgres_cluster.sh), started on first use;
// stopped and removed when the program ends, however it does. All of these throw std::runtime_error
// with the reason where the cluster cannot be started: a machine without PostgreSQL fails the
// tests.

// A URL whose connections see a fresh, empty schema only.
std::string fresh_postgres_url();

// Ends the server as a crash would and waits until it answers again.
void restart_postgres();

}  // namespace kith::test
