#pragma once
// Every bound in the program, each with its unit in its name: one file for each place, so that a new
// bound rebuilds only who uses it. What an admin may change has a key in the configuration of the same
// name; the value here is its default. Code includes the part that it needs, not this list.
#include "config/limits/ap.hpp"
#include "config/limits/base.hpp"
#include "config/limits/client.hpp"
#include "config/limits/community.hpp"
#include "config/limits/config.hpp"
#include "config/limits/delivery.hpp"
#include "config/limits/discovery.hpp"
#include "config/limits/http.hpp"
#include "config/limits/inbox.hpp"
#include "config/limits/insight.hpp"
#include "config/limits/jobs.hpp"
#include "config/limits/keys.hpp"
#include "config/limits/main.hpp"
#include "config/limits/mastodon_api.hpp"
#include "config/limits/oauth.hpp"
#include "config/limits/posts.hpp"
#include "config/limits/reports.hpp"
#include "config/limits/signature.hpp"
#include "config/limits/storage.hpp"
#include "config/limits/vocab.hpp"
