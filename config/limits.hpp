#pragma once
#include <cstddef>
#include <cstdint>

// Every bound in the program, by place, each with its unit in its name. What an admin may change has
// a key in the configuration of the same name; the value here is its default.
namespace kith::limits {

// ---- base/json -------------------------------------------------------------------------------
inline constexpr int json_depth_max = 32;
inline constexpr std::size_t json_members_max = 20'000;   // of one document, all objects together

// ---- base/text -------------------------------------------------------------------------------
inline constexpr std::size_t url_bytes_max = 2'048;
inline constexpr std::size_t host_bytes_max = 253;          // RFC 1035 2.3.4, without the final dot
inline constexpr std::size_t host_label_bytes_max = 63;
inline constexpr std::size_t accept_ranges_max = 32;        // of one Accept field that are looked at
inline constexpr std::size_t media_type_params_max = 16;
inline constexpr std::size_t search_token_chars_max = 64;   // code points; longer words are cut

// ---- config ----------------------------------------------------------------------------------
inline constexpr std::size_t config_file_bytes_max = 1 << 20;
inline constexpr std::size_t config_list_entries_max = 256;   // of one list or table
inline constexpr std::int64_t database_readers_max = 64;

// ---- posts -----------------------------------------------------------------------------------
inline constexpr std::int64_t post_characters_max = 5'000;     // key limits.post_characters_max
inline constexpr std::int64_t post_characters_ceiling = 500'000;

// ---- federation/client -----------------------------------------------------------------------
inline constexpr int client_connect_timeout_ms = 10'000;
inline constexpr int client_timeout_ms = 30'000;   // of one exchange in total, redirects included
inline constexpr int client_redirects_max = 3;
inline constexpr std::size_t client_response_bytes_max = 1024 * 1024;
inline constexpr std::size_t client_response_header_bytes_max = 64 * 1024;
inline constexpr int client_in_flight_max = 512;
inline constexpr int client_in_flight_per_host_max = 8;
inline constexpr int client_waiting_max = 8'192;   // requests that wait for one of those places
inline constexpr int client_idle_connections_max = 256;
inline constexpr int client_idle_handles_max = 64;
inline constexpr int client_signers = 2;           // threads

// ---- federation/vocab ------------------------------------------------------------------------
inline constexpr std::size_t vocab_recipients_max = 512;   // to, cc, bto, bcc together; more is refused
inline constexpr std::size_t vocab_tags_max = 100;         // more is refused
inline constexpr std::size_t vocab_objects_max = 100;      // of one activity; more is refused
inline constexpr std::size_t vocab_attachments_max = 32;   // this and what follows: the rest is cut off
inline constexpr std::size_t vocab_poll_options_max = 32;
inline constexpr std::size_t vocab_keys_max = 16;
inline constexpr std::size_t vocab_fields_max = 32;
inline constexpr std::size_t vocab_aliases_max = 32;
inline constexpr std::size_t vocab_content_bytes_max = 1 << 19;
inline constexpr std::size_t vocab_text_bytes_max = 16 * 1024;   // summary, field, alt text
inline constexpr std::size_t vocab_name_bytes_max = 2'048;       // title, name, tag, poll option
inline constexpr std::size_t vocab_word_bytes_max = 256;         // media type, handle; longer is none

// ---- base/crypto -----------------------------------------------------------------------------
inline constexpr int rsa_bits_min = 2048;
inline constexpr int rsa_bits_max = 8192;
inline constexpr int rsa_exponent_bits_max = 64;
inline constexpr std::size_t pem_chars_max = 16 * 1024;
inline constexpr std::size_t base58_chars_max = 512;
inline constexpr std::size_t password_bytes_max = 1'024;
inline constexpr std::uint32_t argon2_memory_kib = 19'456;   // OWASP's first choice: 19 MiB, t=2, p=1
inline constexpr std::uint32_t argon2_passes = 2;
inline constexpr std::uint32_t argon2_lanes = 1;

// ---- federation/signature --------------------------------------------------------------------
inline constexpr std::int64_t signature_window_ms = 3'600'000;    // a date's distance from now, each way
inline constexpr std::size_t signature_header_chars_max = 8 * 1024;
inline constexpr std::size_t signature_key_id_chars_max = 2'048;
inline constexpr std::size_t signature_bytes_max = 1'024;         // RSA with 8192 bits
inline constexpr std::size_t signed_headers_max = 32;

// ---- base/html -------------------------------------------------------------------------------
inline constexpr std::size_t html_bytes_max = 1 << 20;          // of what is read, and written
inline constexpr std::size_t html_attributes_max = 32;          // of one tag
inline constexpr std::size_t html_open_elements_max = 256;      // remembered while reading
inline constexpr std::size_t html_depth_max = 64;               // of elements in what is written
inline constexpr std::size_t html_url_chars_max = 4'096;

// ---- base/metrics ----------------------------------------------------------------------------
inline constexpr std::size_t metric_series_max = 200;   // label values of one metric; then "other"

// ---- federation/keys -------------------------------------------------------------------------
inline constexpr std::size_t remote_name_characters_max = 200;
inline constexpr std::size_t remote_profile_fields_max = 32;
inline constexpr std::size_t keys_cached_max = 16'384;        // public keys, parsed
inline constexpr std::size_t private_keys_cached_max = 1'024;
inline constexpr std::int64_t key_cached_ms = 3600LL * 1000;  // then read anew from the database
inline constexpr std::size_t key_urls_remembered_max = 16'384;   // what came of fetching them
inline constexpr std::int64_t key_failure_ms = 5LL * 60 * 1000;  // a key that is not there stays so
inline constexpr std::int64_t key_outage_ms = 30LL * 1000;       // … one whose host did not answer
inline constexpr std::int64_t key_refresh_interval_ms = 5LL * 60 * 1000;
inline constexpr int key_fetch_timeout_ms = 8'000;            // of one of its at most four exchanges
inline constexpr int key_wait_timeout_ms = 9'000;             // of a thread that needs the key
inline constexpr int key_waiting_threads_per_host_max = 2;
inline constexpr std::size_t key_fetches_under_way_max = 256;
inline constexpr double key_fetches_per_host_burst = 60;
inline constexpr double key_fetches_per_host_per_second = 1;
inline constexpr std::size_t key_hosts_max = 4'096;
inline constexpr int key_threads = 2;

// ---- federation/inbox ------------------------------------------------------------------------
inline constexpr std::size_t inbox_body_bytes_max = 1 << 20;
inline constexpr std::size_t inbox_farewell_bytes_max = 16 << 10;   // a Delete that is looked into early
inline constexpr int inbox_retry_after_s = 30;                // what 429 and 503 tell
inline constexpr double inbox_per_host_burst = 2'000;         // verified activities of one host
inline constexpr double inbox_per_host_per_second = 200;
inline constexpr double inbox_per_address_burst = 5'000;      // requests, verified or not
inline constexpr double inbox_per_address_per_second = 500;
inline constexpr std::size_t inbox_hosts_max = 16'384;
inline constexpr std::size_t inbox_addresses_max = 16'384;
inline constexpr std::size_t domain_blocks_cached_max = 4'096;   // hosts that were looked up
inline constexpr std::int64_t domain_block_cached_ms = 1'000;
inline constexpr std::size_t refusals_max = 10'000;           // newest lines of the log
inline constexpr double refusal_lines_burst = 1'000;          // more are counted, not written
inline constexpr double refusal_lines_per_second = 20;
inline constexpr std::size_t refusal_field_bytes_max = 500;
inline constexpr int refusals_between_trims = 100;
inline constexpr int inbox_workers = 2;                       // decide; never wait for the network
inline constexpr int inbox_fetchers = 16;                     // threads that may
inline constexpr int inbox_fetchers_per_host_max = 4;         // … for activities of one host
inline constexpr std::size_t inbox_writes_under_way_max = 256;
inline constexpr std::size_t inbox_queued_max = 50'000;       // more wait in the database
inline constexpr std::size_t inbox_bodies_bytes_max = 16 << 20;   // kept parsed; others are read again
inline constexpr int inbox_backlog_page = 1'000;
inline constexpr std::int64_t inbox_retry_delays_ms[] = {60'000, 300'000, 900'000, 3'600'000, 10'800'000, 21'600'000};
inline constexpr std::int64_t inbox_retry_for_ms = 24LL * 3600 * 1000;
inline constexpr std::int64_t inbox_conflict_delay_ms = 20;
inline constexpr int inbox_conflicts_max = 5;                 // races in the database for one activity
inline constexpr std::int64_t inbox_outage_delay_ms = 1'000;  // of the database
inline constexpr std::int64_t inbox_rows_ms = 30LL * 24 * 3600 * 1000;   // replay keys
inline constexpr int inbox_rows_deleted_at_once = 1'000;
inline constexpr int inbox_fetches_max = 100;                 // caused by one activity
inline constexpr int inbox_fetch_timeout_ms = 10'000;
inline constexpr std::int64_t inbox_fetch_total_ms = 60'000;  // of one activity
inline constexpr std::int64_t fetched_documents_cached_ms = 60'000;
inline constexpr std::size_t fetched_documents_cached_max = 512;
inline constexpr std::size_t fetched_document_cached_bytes_max = 32 << 10;   // larger ones are not kept

// ---- federation/discovery --------------------------------------------------------------------
inline constexpr std::size_t webfinger_bytes_max = 64 * 1024;
inline constexpr std::size_t webfinger_actors_max = 4;        // of one answer that are looked at
inline constexpr int webfinger_timeout_ms = 5'000;            // of one of its at most six exchanges
inline constexpr std::size_t remote_name_bytes_max = 256;     // before the @ of a handle
inline constexpr int resolve_timeout_ms = 12'000;             // of all that somebody asked for by name or URL
inline constexpr std::int64_t actor_fresh_ms = 24LL * 3600 * 1000;   // then its document is read anew
inline constexpr std::size_t mentions_resolved_max = 10;      // unknown ones of one text
inline constexpr int mentions_timeout_ms = 4'000;             // for all of them together
inline constexpr int resolve_fetches_max = 30;                // parents and authors of one post

// ---- node/api/oauth --------------------------------------------------------------------------
inline constexpr std::size_t app_name_characters_max = 60;
inline constexpr std::size_t app_redirect_bytes_max = 2'000;
inline constexpr std::size_t user_agent_bytes_max = 300;
inline constexpr std::int64_t oauth_code_ms = 10 * 60 * 1000;              // RFC 6749 4.1.2
inline constexpr std::int64_t session_ms = 30LL * 24 * 3600 * 1000;
inline constexpr int sign_in_attempts_max = 10;                            // per address and per account …
inline constexpr std::int64_t sign_in_window_ms = 5 * 60 * 1000;           // … in so long
inline constexpr std::size_t sign_in_tracked_max = 10'000;

// ---- federation/delivery ---------------------------------------------------------------------
inline constexpr int delivery_rows_per_write_max = 1'800;       // of all tables together
inline constexpr int delivery_events_per_write_max = 32;
inline constexpr std::size_t announce_bytes_max = 960 * 1024;   // of an inner activity; larger ones by id
inline constexpr int announce_depth_max = 28;
inline constexpr std::int64_t delivery_keep_ms = 30LL * 24 * 3600 * 1000;   // rows, activities, results
inline constexpr std::int64_t delivery_lease_ms = 60'000;
inline constexpr std::int64_t delivery_poll_ms = 1'000;         // for peers whose time has come
inline constexpr std::int64_t publisher_poll_ms = 250;
inline constexpr std::int64_t publisher_lease_ms = 60'000;
inline constexpr std::int64_t publisher_retry_ms = 10'000;      // after an event that could not be published
inline constexpr int publisher_attempts_max = 20;               // of one event
inline constexpr int delivery_lanes_max = 1'024;                // peers leased at a time
inline constexpr int delivery_page_rows = 64;
inline constexpr int delivery_lane_rows_max = 1'024;            // of one peer in memory, parked ones included
inline constexpr int delivery_in_flight_max = 400;
inline constexpr int delivery_in_flight_per_host_max = 8;       // to a peer that answered its last …
inline constexpr int delivery_answered_streak = 100;            // … so many, else:
inline constexpr int delivery_in_flight_per_new_host_max = 2;
inline constexpr int delivery_breaker_failures = 5;
inline constexpr std::int64_t delivery_hold_rows_after_ms = 24LL * 3600 * 1000;   // of failing
inline constexpr std::int64_t delivery_wait_max_ms = 24LL * 3600 * 1000;          // Retry-After is cut to it
inline constexpr std::int64_t delivery_revive_ms = 60'000;      // a peer that speaks is tried so often at most
inline constexpr std::size_t delivery_cache_entries_max = 512;  // activity bodies …
inline constexpr std::size_t delivery_cache_bytes_max = 16 << 20;
inline constexpr std::size_t delivery_answer_bytes_max = 4 * 1024;   // of which only the status is read
inline constexpr std::size_t delivery_error_bytes_max = 300;
inline constexpr int delivery_resume_page = 200;                // activities looked at in one transaction
inline constexpr int delivery_stop_grace_ms = 2'000;            // for answers that are on their way

// ---- node/api/mastodon -----------------------------------------------------------------------
// Entries of a page: by default, and the most a client may ask for (as Mastodon documents them).
inline constexpr int statuses_page = 20;
inline constexpr int statuses_page_max = 40;
inline constexpr int accounts_page = 40;
inline constexpr int accounts_page_max = 80;
inline constexpr int notifications_page = 40;
inline constexpr int notifications_page_max = 80;
inline constexpr int search_page = 20;
inline constexpr int search_page_max = 40;
inline constexpr int search_offset_max = 1'000;
inline constexpr int search_followed_candidates_max = 400;   // of which those followed are kept
inline constexpr std::size_t ids_asked_max = 40;             // of one request; more are left out
inline constexpr std::size_t relationships_asked_max = 200;
inline constexpr int follow_requests_counted_max = 40;
inline constexpr int known_hosts_max = 20'000;
inline constexpr std::size_t idempotency_key_bytes_max = 200;
inline constexpr std::int64_t mute_seconds_max = 100LL * 365 * 24 * 3600;

// ---- node/community --------------------------------------------------------------------------
inline constexpr std::size_t username_characters_max = 30;
inline constexpr std::size_t display_name_characters_max = 100;
inline constexpr std::size_t note_characters_max = 5'000;
inline constexpr std::size_t profile_fields_max = 8;
inline constexpr std::size_t profile_field_characters_max = 255;
inline constexpr std::size_t password_characters_min = 8;
inline constexpr std::size_t email_bytes_max = 254;
inline constexpr std::size_t post_summary_characters_max = 500;
inline constexpr std::size_t post_title_characters_max = 200;
inline constexpr std::size_t post_mentions_max = 100;
inline constexpr std::size_t post_tags_max = 100;
inline constexpr std::size_t post_attachments_max = 32;     // of a remote post; more are left out
inline constexpr std::size_t post_poll_options_max = 32;
inline constexpr std::size_t post_content_bytes_max = 1 << 19;   // sanitised HTML
inline constexpr std::size_t tag_bytes_max = 200;
inline constexpr int pins_max = 20;
inline constexpr int home_rows_max = 800;
inline constexpr int home_fan_out_rows_max = 500;           // in the post's own transaction; the rest is a job
inline constexpr std::int64_t home_unseen_ms = 14LL * 24 * 3600 * 1000;
inline constexpr int home_repeat_entries = 40;              // a post is not shown again within so many
inline constexpr int page_rounds_max = 5;                   // of filling up a page that filters made short
inline constexpr int thread_rows_max = 4'096;
inline constexpr std::size_t thread_fetch_depth_max = 50;   // unknown parents fetched for one reply
inline constexpr std::size_t thread_ancestors_for_nobody_max = 40;
inline constexpr std::size_t thread_descendants_for_nobody_max = 60;
inline constexpr int groups_on_front_page_max = 50;
inline constexpr std::int64_t key_pool_min = 4;             // pairs of each kind, ready for new people and groups
inline constexpr int home_rows_slack = 200;                 // over home_rows_max before a home is cut
inline constexpr int trim_batch_rows = 1'000;
inline constexpr std::int64_t event_days = 30;
inline constexpr std::int64_t idempotency_ms = 3600LL * 1000;

// ---- node/http -------------------------------------------------------------------------------
inline constexpr std::size_t http_head_bytes_max = 16 * 1024;
inline constexpr std::size_t http_header_count_max = 100;
inline constexpr std::size_t http_body_memory_bytes_max = 256 * 1024;   // a larger one goes to a file
inline constexpr std::uint64_t http_bodies_bytes_max = 512ull << 20;    // all under way together
inline constexpr std::uint64_t http_answers_bytes_max = 256ull << 20;   // that clients do not read
inline constexpr std::size_t http_chunk_line_bytes_max = 64;   // size line, extensions included
inline constexpr std::size_t http_trailer_bytes_max = 4 * 1024;
inline constexpr std::size_t http_linger_bytes_max = 4 << 20;
inline constexpr std::size_t http_out_buffer_bytes_max = 1 << 20;   // a stream's worker waits beyond
inline constexpr std::size_t http_connections_max = 10'000;
inline constexpr std::size_t http_connections_per_address_max = 256;
inline constexpr int http_requests_per_connection_max = 100'000;
inline constexpr int http_request_timeout_ms = 10'000;   // one deadline for head and small body
inline constexpr int http_idle_timeout_ms = 75'000;
inline constexpr int http_transfer_grace_ms = 10'000;    // then bytes ÷ rate, bodies and answers
inline constexpr int http_transfer_rate_min_bytes_per_ms = 32;   // 32 KB/s
inline constexpr int http_linger_timeout_ms = 2'000;
inline constexpr int http_stop_timeout_ms = 10'000;
inline constexpr std::size_t http_parked_max = 256;
inline constexpr std::size_t http_parked_per_key_max = 8;
inline constexpr int http_park_timeout_ms = 9'000;
inline constexpr int http_retry_after_s = 5;             // what a refusal with 503 or 429 tells
inline constexpr std::size_t http_forwarded_hops_max = 16;   // of X-Forwarded-For that are looked at
inline constexpr std::size_t http_params_max = 1'000;    // query string and body together
inline constexpr std::size_t http_param_key_bytes_max = 256;
inline constexpr std::size_t http_form_part_head_bytes_max = 4 * 1024;
inline constexpr std::size_t http_form_boundary_bytes_max = 200;
inline constexpr std::size_t http_path_segments_max = 32;

// ---- node/ap ---------------------------------------------------------------------------------
inline constexpr int document_max_age_s = 60;        // how long caches may keep what everybody may see
inline constexpr int discovery_max_age_s = 3'600;    // … WebFinger, host-meta and NodeInfo
inline constexpr int outbox_page = 20;
inline constexpr int group_outbox_page = 50;         // what Lemmy reads at once

// ---- node/insight ----------------------------------------------------------------------------
inline constexpr std::size_t import_bytes_max = 64 << 20;   // of an event file, unpacked
inline constexpr std::size_t import_lines_max = 500'000;
inline constexpr std::size_t import_line_bytes_max = 1'024;
inline constexpr std::size_t import_name_bytes_max = 64;    // of an actor or object in an event file
inline constexpr double import_hours_max = 876'600;         // since t0: a hundred years
inline constexpr std::int64_t import_unix_seconds_max = 4'102'444'800;   // 2100-01-01
inline constexpr int insight_batch_rows = 200;              // events projected in one transaction
inline constexpr std::int64_t insight_lease_ms = 60 * 1000;
inline constexpr std::int64_t insight_poll_ms = 2'000;
inline constexpr std::size_t insight_json_rows_max = 1'000;   // of each list in a report
inline constexpr std::size_t insight_text_rows_max = 20;

// ---- node/jobs -------------------------------------------------------------------------------
inline constexpr std::int64_t jobs_poll_ms = 1'000;
inline constexpr std::int64_t job_lease_ms = 10 * 60 * 1000;
inline constexpr std::int64_t job_retry_ms_max = 6LL * 3600 * 1000;

// ---- node/main -------------------------------------------------------------------------------
inline constexpr std::size_t api_body_bytes_max = 2 << 20;   // of client requests
inline constexpr std::size_t control_line_bytes_max = 1 << 20;
inline constexpr int control_timeout_ms = 60'000;

// ---- storage/sql -----------------------------------------------------------------------------
inline constexpr std::size_t sql_statements_cached_max = 256;       // per connection
inline constexpr std::size_t sql_result_text_bytes_max = 256 << 20;   // of one query, all cells
inline constexpr std::size_t sql_writes_waiting_max = 10'000;
inline constexpr int sqlite_busy_timeout_ms = 5'000;                // for another process's commit
inline constexpr int sqlite_writer_cache_kib = 8'192;
inline constexpr int sqlite_reader_cache_kib = 2'048;
inline constexpr std::size_t sqlite_mmap_bytes_max = 64 << 20;      // per read connection
inline constexpr std::size_t sqlite_journal_bytes_max = 64 << 20;   // what a checkpoint leaves of the WAL
inline constexpr int postgres_connect_timeout_s = 5;
inline constexpr int postgres_statement_timeout_ms = 60'000;        // migrations are free of it
inline constexpr int postgres_attempts_max = 10;                    // of one closure
inline constexpr int postgres_retry_delay_ms_max = 200;

}  // namespace kith::limits
