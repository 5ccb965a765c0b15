#include "sync/server/records/faults.h"

#include <iterator>

namespace mado::server {

void Faults::add(int line, std::string_view column, std::string_view reason) {
    ++count_;
    if (named_.size() == kFaultsNamedMax) {
        const auto last = std::prev(named_.end());
        if (last->first <= line) return;
        named_.erase(last);
    }
    named_.emplace(line, BadRow{line, std::string(column), std::string(reason)});
}

std::vector<BadRow> Faults::named() const {
    std::vector<BadRow> rows;
    for (const auto& [line, row] : named_)
        rows.push_back(row);
    return rows;
}

}  // namespace mado::server
