#pragma once

// Where a person without a finger is on the screen: one who uses a keypad, hears the screen instead
// of seeing it, or has two switches.
//
// The order of the focus is the order in which a screen paints its targets. Rows are what stands
// side by side in that order.
//
//   Right, Left   the next and the one before, through everything and round again
//   Down, Up      the nearest in the row below or above, and round again
//   Choose        touches where the focus is
//   Back, Help    touch `back`, `finish` or `return`, and `staff`, wherever the focus is
//   Digit, Erase  touch `digit/5` and `erase` where these stand, and lead the focus to `enter`;
//                 elsewhere Erase is Back. Where a digit has led to another screen, the Choose that
//                 ends the typing only says where the focus is now
//   Scan          the first of two switches: moves on; the second is Choose. Where a screen has
//   many
//                 targets it moves by rows, and Choose leads into the row.
//
// Nothing is shown of it before the first key: that one says only where the focus is, unless it
// means one target wherever the focus is. It goes when a finger comes down.

#include "shared/ui/touch.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mado::ui {

enum class Key { Left, Right, Up, Down, Choose, Back, Help, Erase, Digit, Scan };

struct KeyPress {
    Key key = Key::Choose;
    int digit = 0;  // of Key::Digit

    bool operator==(const KeyPress&) const = default;
};

// More than this are scanned by rows.
constexpr std::size_t kScannedOneByOne = 10;

// The row that the target stands in: its first, and how many it has.
struct Row {
    std::size_t first = 0;
    std::size_t count = 0;

    std::size_t end() const { return first + count; }
    bool operator==(const Row&) const = default;
};
// All of them, in the order of the focus.
std::vector<Row> rows_of(std::span<const Target> targets);

class Focus {
  public:
    // These targets of that screen are what the person has before her from now on. On another
    // screen the focus is at `start`, an index of `targets`; on the same one it stays where it was,
    // or at what took its place. `over` names the screen that this one lies over, if any: whoever
    // comes back from it finds the focus as she left it.
    void show(std::string_view screen, std::string_view over, std::vector<Target> targets,
              std::size_t start);

    // The id of the target that the key touches, if it touches one.
    std::optional<std::string> press(const KeyPress& press);
    // Shows nothing of it until the next key, and begins anew then.
    void hide();

    // What the focus is on: a target, or a row where rows are scanned. Empty while nothing is
    // shown.
    std::span<const Target> ringed() const;

  private:
    // How the person moves; Unknown: by touching, as far as anybody knows.
    enum class Way { Unknown, Keys, Switches };
    struct Left {
        std::string screen;
        std::string id;
    };

    void move(Key key);
    void scan();
    void scan_from(std::size_t index);
    std::optional<std::string> choose();
    std::optional<std::string> type(const std::string& id);
    std::optional<std::string> first_of(std::span<const std::string_view> ids) const;
    std::optional<std::size_t> index_of(std::string_view id) const;
    std::size_t row_index() const;
    std::size_t nearest_in(const Row& row) const;
    void leave_for(std::string_view screen, std::string_view over);

    Way way_ = Way::Unknown;
    std::string screen_;
    std::optional<Left> left_;  // what lies below the screen
    std::vector<Target> targets_;
    std::vector<Row> rows_;  // of targets_
    std::size_t start_ = 0;  // where the focus begins
    std::size_t at_ = 0;     // where it is; the first of the row where it is on a whole row
    bool whole_row_ = false;
    bool typing_ = false;       // the last key was a digit
    bool ends_typing_ = false;  // the next Choose may be meant for the screen before
};

}  // namespace mado::ui
