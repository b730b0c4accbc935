#include "storage/repo/schema/schema.hpp"

// The order of a group's threads. Ranks do not depend on when they are read, so that a page is a walk
// along an index: `hot` and `active` are logarithms of the score with the time of the post, or of its
// newest comment, added. Threads from before get their score with their next vote.
const std::string_view kith::repo::schema_text::threads = R"sql(
CREATE TABLE thread (
  post_id BIGINT PRIMARY KEY REFERENCES post (id) ON DELETE CASCADE,
  group_id BIGINT NOT NULL REFERENCES actor (id),
  score BIGINT NOT NULL,
  comments BIGINT NOT NULL,
  newest_comment_at BIGINT NOT NULL,
  hot DOUBLE PRECISION NOT NULL,
  active DOUBLE PRECISION NOT NULL,
  controversy DOUBLE PRECISION NOT NULL
);
INSERT INTO thread (post_id, group_id, score, comments, newest_comment_at, hot, active, controversy)
  SELECT p.id, e.group_id, p.likes_count - p.dislikes_count, 0, p.published_at, p.published_at / 45000000.0,
         p.published_at / 45000000.0, 0
  FROM group_entry e JOIN post p ON p.id = e.post_id AND p.group_id = e.group_id;
UPDATE thread SET comments = (SELECT COUNT(*) FROM post c WHERE c.thread_id = thread.post_id AND c.id <> thread.post_id
                                AND c.deleted_at IS NULL);
CREATE INDEX thread_new ON thread (group_id, post_id);
CREATE INDEX thread_hot ON thread (group_id, hot);
CREATE INDEX thread_active ON thread (group_id, active);
CREATE INDEX thread_score ON thread (group_id, score, post_id);
CREATE INDEX thread_comments ON thread (group_id, comments, post_id);
CREATE INDEX thread_newest ON thread (group_id, newest_comment_at);
CREATE INDEX thread_all_hot ON thread (hot);
CREATE INDEX thread_all_active ON thread (active);
CREATE INDEX thread_all_score ON thread (score, post_id);

CREATE INDEX post_group_author ON post (actor_id, id) WHERE group_id IS NOT NULL;
)sql";
