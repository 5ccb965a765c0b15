#include "sync/server/records/faults.h"

#include <iterator>
#include <utility>

namespace mado::server {

std::string_view word_of(const Reason& reason) {
    const std::string_view key = reason.key.name;
    return key.substr(key.find('.') + 1);
}

void Faults::add(int line, std::string_view column, Reason reason) {
    ++count_;
    if (named_.size() == kFaultsNamedMax) {
        const auto last = std::prev(named_.end());
        if (last->first <= line) return;
        named_.erase(last);
    }
    named_.emplace(line, BadRow{line, std::string(column), std::move(reason)});
}

std::vector<BadRow> Faults::named() const {
    std::vector<BadRow> rows;
    for (const auto& [line, row] : named_)
        rows.push_back(row);
    return rows;
}

}  // namespace mado::server
