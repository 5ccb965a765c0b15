#pragma once

// What screens are made of. Each call shows one thing below the one before, in the column between
// header and footer, and reports whether it was touched. All of it works only inside
// Window::draw()'s paint function.
//
// Ids are language-free names, unique on a screen: tests and touches go by them, and so do the keys
// of a keypad, which know `back`, `finish`, `return`, `staff`, `enter`, `erase` and `digit/0` to
// `digit/9` (focus.h). Who moves through a screen by keys meets what can be touched in the order of
// these calls, beginning behind the header and ending with the footer.

#include "shared/ui/picture.h"
#include "shared/ui/theme.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mado::ui {

enum class Look {
    Secondary,
    Primary,  // the way on; at most one on a screen
};
enum class Mood { Plain, Good, Bad };

// ── The frame of every screen ────────────────────────────────────────────────────────────────────

// The band at the top: where one is, and how far. `step` counts from 1; 0 shows no steps.
struct Header {
    std::string place;
    std::string step_label;
    int step = 0;
    int steps = 0;
};
enum class HeaderSign { Globe, Letters };
struct HeaderButton {
    std::string id;
    std::string label;
    HeaderSign sign;
};
// With buttons on every screen, always in the same place, for whoever cannot read what stands
// below; which of them was touched. Comes before all else of a screen.
std::optional<std::size_t> header(const Header& where, std::span<const HeaderButton> buttons);

// The two places at the bottom, always the same: at the left the way back or out, at the right the
// call for staff. Each is empty where it is not given. Comes before what stands above it.
enum class FootSign { Back, Finish, Staff };
struct FootButton {
    std::string id;
    std::string label;
    FootSign sign;
};
enum class FootSide { Left, Right };
std::optional<FootSide> foot(const std::optional<FootButton>& left,
                             const std::optional<FootButton>& right);

// Where a page does not fit the panel it is shown in parts: two buttons, "part/up" and "part/down",
// and which of how many parts this is. Returns the part that was asked for. Comes after all else.
std::optional<int> part_turner(std::string_view up, std::string_view down);

// ── The focus ────────────────────────────────────────────────────────────────────────────────────

// For whoever moves by keys, this screen begins at the next thing that can be touched.
void focus_begins();

// ── Space ────────────────────────────────────────────────────────────────────────────────────────

// What follows stands this far below, instead of the usual gap.
void space(float millimetres);
// Takes a share of the height that the page leaves over.
void spring();
// While it lives, what is painted stands in a column of its own on a panel that lies: a picture or
// keypad beside the words that it belongs to. On an upright one it changes nothing.
class Beside {
  public:
    Beside();
    ~Beside();
    Beside(const Beside&) = delete;
    Beside& operator=(const Beside&) = delete;
};
// Whether there is room for a picture that only decorates.
bool decorates();

// ── Words ────────────────────────────────────────────────────────────────────────────────────────

// The question of the screen.
void heading(std::string_view text);
void paragraph(std::string_view text);
// Quieter: what was entered so far.
void aside(std::string_view text);
void centred(Type type, std::string_view text);
// As large as it fits on one line: a number that is torn is copied wrongly.
void number_to_copy(std::string_view number);
// One line for staff, in a place that it takes even while there is nothing to say, so that nothing
// moves when it comes or goes.
void staff_line(std::string_view text);
// A band with a sign: what went wrong, or what is good to know.
void notice(std::string_view text, Mood mood);
// The same, larger: what is to be done now.
void call(std::string_view text, Mood mood);
// The words of a card of their own, large, beside all else: what the person is to check.
void statement(std::span<const std::string> lines);

struct Fact {
    std::string label;
    std::string value;
    bool large = false;  // stands in display type, below its label
};
// A card of labelled facts.
void facts(std::span<const Fact> list);

// ── Signs ────────────────────────────────────────────────────────────────────────────────────────

enum class Sign { Check, Wait, Stop, Person, Clock };
void emblem(Sign sign, Mood mood, float height);
// What was achieved: a green band with a large check mark.
void result(std::string_view title);
// Seconds that run out, as a number within a ring.
void countdown(int seconds, int of_seconds);

// ── What can be touched ──────────────────────────────────────────────────────────────────────────

bool button(const std::string& id, std::string_view label, Look look);
// The one thing to touch on its screen.
bool big_button(const std::string& id, std::string_view label);
struct Choice {
    std::string id;
    std::string title;
    std::vector<std::string> details;  // what matters most first
};
// Cards one below the other, beside the words that ask; which of them was touched. Where the page
// is short only the first detail stays.
std::optional<std::size_t> choices(std::span<const Choice> list);

// Something to say of oneself or not: a card with a box, which bears a check mark where it is `on`.
bool check(const std::string& id, std::string_view label, bool on);

struct Tile {
    std::string id;
    std::string label;
    std::string detail;  // below the label, may be empty
    Look look = Look::Secondary;
};
struct TileRows {
    std::size_t columns = 1;  // on an upright page; a wide one has more in a row
    float height = 0;         // of each, where there is room
    Type type = Type::Strong;
    bool last_fills_row = false;
};
// Equal buttons in rows; which of them was touched. Where a word of theirs would be broken the
// labels of all are smaller, or they are fewer in a row.
std::optional<std::size_t> tiles(std::span<const Tile> list, const TileRows& rows);

struct PadTouch {
    enum class Key { Digit, Erase, Extra } key = Key::Digit;
    int digit = 0;
};
// What was typed so far: so many places for digits, or a number and the words around it.
struct Entry {
    std::string digits;
    std::size_t places = 0;
    std::string before;  // where there are no places
    std::string after;
};
struct Pad {
    std::string erase_label;
    std::optional<Tile> extra;  // at the lower left
};
// What was typed above digits as a telephone has them, "digit/0" to "digit/9", and "erase".
std::optional<PadTouch> number_pad(const Entry& entry, const Pad& pad);

struct CalendarDay {
    std::string id;     // "day/2021-07-05"
    std::string label;  // "5"
    enum class Mark { Many, Few, None, Closed } mark = Mark::Closed;
};
// A month, each day with ○, △ or ×; only the first two can be touched. `first_column` is where its
// first day stands, 0 for the first of the seven weekdays named.
std::optional<std::size_t> calendar(std::span<const std::string> weekdays, int first_column,
                                    std::span<const CalendarDay> days);

// What ○, △ and × mean.
void calendar_legend(std::string_view many, std::string_view few, std::string_view none);

// A row with a title between two arrows: "earlier" and "later", each shown where it can be touched.
enum class Turn { Earlier, Later };
std::optional<Turn> turner(std::string_view title, bool earlier, std::string_view earlier_label,
                           bool later, std::string_view later_label);

// ── Pictures ─────────────────────────────────────────────────────────────────────────────────────

// The camera's picture, cut to fill its place, with the corners of a frame to hold a ticket in.
// Dark while there is none.
void live_picture(const Picture* picture, float height);

}  // namespace mado::ui
