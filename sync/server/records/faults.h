#pragma once

// What is wrong with a file of another office: every place by line, column and reason, in the order
// of the lines, whatever pass over the file found it. What a file of no office can make of memory
// is bounded: past that many places the others are counted.

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace mado::server {

// A place in the file and what is wrong there. `reason` never holds the field's content.
struct BadRow {
    int line = 0;        // from 1, the header's line
    std::string column;  // its name, or "#3"; empty where the whole line is meant
    std::string reason;

    bool operator==(const BadRow&) const = default;
};

constexpr std::size_t kFaultsNamedMax = 100'000;

class Faults {
  public:
    void add(int line, std::string_view column, std::string_view reason);

    bool none() const { return count_ == 0; }
    std::size_t count() const { return count_; }
    // The first kFaultsNamedMax, by line; those of one line in the order in which they were found.
    std::vector<BadRow> named() const;
    // How many there are besides the named ones.
    std::size_t more() const { return count_ - named_.size(); }

  private:
    std::multimap<int, BadRow> named_;
    std::size_t count_ = 0;
};

}  // namespace mado::server
