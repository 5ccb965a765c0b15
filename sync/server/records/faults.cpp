#include "sync/server/records/faults.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace mado::server {

std::string_view word_of(const Reason& reason) {
    const std::string_view key = reason.key.name;
    return key.substr(key.find('.') + 1);
}

void Faults::add(int line, std::string_view column, Reason reason) {
    ++count_;
    if (lines_.empty() || lines_.back() != line) lines_.push_back(line);
    if (named_.size() == kFaultsNamedMax) {
        const auto last = std::prev(named_.end());
        if (last->first <= line) return;
        named_.erase(last);
    }
    named_.emplace(line, BadRow{line, std::string(column), std::move(reason)});
}

void Faults::add_bound(int line, std::string_view column, Reason reason) {
    add(line, column, std::move(reason));
    beyond_bounds_ = true;
}

void Faults::doubt(int line, std::string_view column, Reason reason) {
    doubts_.push_back({line, std::string(column), std::move(reason)});
}

void Faults::name_doubts() {
    for (BadRow& row : std::exchange(doubts_, {}))
        add(row.line, row.column, std::move(row.reason));
}

std::vector<int> Faults::lines() const {
    std::vector<int> lines = lines_;
    std::sort(lines.begin(), lines.end());
    lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
    return lines;
}

std::vector<BadRow> Faults::named() const {
    std::vector<BadRow> rows;
    for (const auto& [line, row] : named_)
        rows.push_back(row);
    return rows;
}

}  // namespace mado::server
