#include "storage/repo/schema/schema.hpp"

// Answers that were chosen, by their ids, because they may come later than the word of it; comments that are shown
// folded; and when members of a slow group wrote last, by this node's clock.
const std::string_view kith::repo::schema_text::group_threads = R"sql(
CREATE TABLE thread_answer (
  post_id BIGINT PRIMARY KEY REFERENCES post (id) ON DELETE CASCADE,
  answer_ap_id TEXT NOT NULL,
  by_id BIGINT REFERENCES actor (id) ON DELETE SET NULL,
  at BIGINT NOT NULL
);
CREATE INDEX thread_answer_comment ON thread_answer (answer_ap_id) WHERE answer_ap_id <> '';
ALTER TABLE thread ADD COLUMN answered BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX thread_answered ON thread (group_id, answered, post_id);

CREATE TABLE folded_post (
  post_id BIGINT PRIMARY KEY REFERENCES post (id) ON DELETE CASCADE,
  thread_id BIGINT NOT NULL,
  reason TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX folded_post_thread ON folded_post (thread_id, post_id);

ALTER TABLE group_profile ADD COLUMN slow_threads_s BIGINT NOT NULL DEFAULT 0;
ALTER TABLE group_profile ADD COLUMN slow_comments_s BIGINT NOT NULL DEFAULT 0;
CREATE TABLE group_pace (
  group_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  actor_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  thread_at BIGINT,
  comment_at BIGINT,
  PRIMARY KEY (group_id, actor_id)
);
)sql";
