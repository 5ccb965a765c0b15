#pragma once

// What is wrong with a file of another office: every place by line, column and reason, in the order
// of the lines, whatever pass over the file found it. What a file of no office can make of memory
// is bounded: past that many places the others are counted.

#include "shared/texts/texts.h"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace mado::server {

// Why a place is wrong: a text of the catalogues, "import.…", and what stands for its {names},
// which is never the field's content. The words are chosen where it is told.
struct Reason {
    TextKey key;
    std::vector<Argument> arguments = {};

    bool operator==(const Reason&) const = default;
};

// "not_ten_digits": the reason for programs, in every language and wording.
std::string_view word_of(const Reason& reason);

// A place in the file and what is wrong there.
struct BadRow {
    int line = 0;        // from 1, the header's line; 0: the file as a whole
    std::string column;  // its name, or "#3"; empty where the whole line is meant
    Reason reason;

    bool operator==(const BadRow&) const = default;
};

constexpr std::size_t kFaultsNamedMax = 100'000;

class Faults {
  public:
    void add(int line, std::string_view column, Reason reason);
    // That the file goes on beyond a bound: its good rows are not all that it says.
    void add_bound(int line, std::string_view column, Reason reason);
    // What is good by itself, and in doubt as long as another row is bad: named by name_doubts()
    // where the bad rows are to be left out, and no fault otherwise.
    void doubt(int line, std::string_view column, Reason reason);
    void name_doubts();

    bool none() const { return count_ == 0; }
    bool beyond_bounds() const { return beyond_bounds_; }
    std::size_t count() const { return count_; }
    // Every line that is named or counted, rising, each once.
    std::vector<int> lines() const;
    // The first kFaultsNamedMax, by line; those of one line in the order in which they were found.
    std::vector<BadRow> named() const;
    // How many there are besides the named ones.
    std::size_t more() const { return count_ - named_.size(); }

  private:
    std::multimap<int, BadRow> named_;
    std::vector<int> lines_;
    std::vector<BadRow> doubts_;
    std::size_t count_ = 0;
    bool beyond_bounds_ = false;
};

}  // namespace mado::server
