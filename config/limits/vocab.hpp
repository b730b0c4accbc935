#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

inline constexpr std::size_t vocab_recipients_max = 512;   // to, cc, bto, bcc together; more is refused
inline constexpr std::size_t vocab_tags_max = 100;         // more is refused
inline constexpr std::size_t vocab_objects_max = 100;      // of one activity; more is refused
inline constexpr std::size_t vocab_attachments_max = 32;   // this and what follows: the rest is cut off
inline constexpr std::size_t vocab_poll_options_max = 32;
inline constexpr std::size_t vocab_keys_max = 16;
inline constexpr std::size_t vocab_fields_max = 32;
inline constexpr std::size_t vocab_aliases_max = 32;
inline constexpr std::size_t vocab_attribution_domains_max = 100;
inline constexpr std::size_t vocab_languages_max = 200;          // of a group
inline constexpr std::size_t vocab_capabilities_max = 64;        // of a generator, that are looked at
inline constexpr std::size_t vocab_content_bytes_max = 1 << 19;
inline constexpr std::size_t vocab_text_bytes_max = 16 * 1024;   // summary, field, alt text
inline constexpr std::size_t vocab_name_bytes_max = 2'048;       // title, name, tag, poll option
inline constexpr std::size_t vocab_word_bytes_max = 256;         // media type, handle; longer is none

}  // namespace kith::limits
