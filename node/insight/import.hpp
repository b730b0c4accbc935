#pragma once
#include "base/core/result.hpp"
#include "node/insight/records.hpp"

#include <string>
#include <string_view>
#include <vector>

// Reads a recorded community from a file. All of it is read and checked before anything is
// returned, so that a file with a fault in its last line leaves nothing half-done. Errors are
// Code::invalid and name the line; what exceeds limits::import_* is Code::too_large.
namespace kith::insight {

enum class ImportedKind { join, contribution };

// Names and object ids are the file's own words; who stores them gives them ids.
struct ImportedEvent {
    ImportedKind kind = ImportedKind::join;
    std::string object;  // of a contribution
    std::string actor;
    Role role = Role::member;
    Origin origin = Origin::local;
    bool opted_out = false;
    TimeMs at = 0;
    std::string parent;   // the object replied to, else empty
    std::string answers;  // where there is no parent object: the actor it was addressed to

    bool operator==(const ImportedEvent&) const = default;
};

// The file's text: gzip is unpacked (all members), anything else is taken as it is.
Result<std::string> unpack_import(std::string_view bytes);

// Columns by tab: kind (actor | post), id, actor, role (member | operator | bot | remote | optout),
// hours since t0 as a decimal number, parent (may be missing). An actor row is a join. Blank lines
// and lines that begin with # are skipped; the same row twice counts once. Lines may stand in any
// order. The events come in order of time, joins first, and a parent before its replies.
Result<std::vector<ImportedEvent>> read_tsv(std::string_view text, TimeMs t0);

// A header line, then 'src dst unix-seconds': a contribution of src that answers dst. Each name
// joins when it is first seen. Each line is one object, "line-N". The events come in order of time,
// joins first.
Result<std::vector<ImportedEvent>> read_edges(std::string_view text);

}  // namespace kith::insight
