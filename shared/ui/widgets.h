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
void header(std::string_view place, std::string_view step_label, int step, int steps);
// The place at the right of that band, always the same: a globe, known to whoever reads none of
// what stands here.
bool header_globe(const std::string& id, std::string_view label);

// The two places at the bottom, always the same: at the left the way back or out, at the right the
// call for staff. Each is empty where it is not called.
enum class FootSign { Back, Finish, Staff };
bool foot_left(const std::string& id, std::string_view label, FootSign sign);
bool foot_right(const std::string& id, std::string_view label, FootSign sign);

// ── The focus ────────────────────────────────────────────────────────────────────────────────────

// For whoever moves by keys, this screen begins at the next thing that can be touched.
void focus_begins();

// ── Space ────────────────────────────────────────────────────────────────────────────────────────

// What follows stands this far below, instead of the usual gap.
void space(float millimetres);
// Takes a share of the height that the page leaves over.
void spring();

// ── Words ────────────────────────────────────────────────────────────────────────────────────────

// The question of the screen.
void heading(std::string_view text);
void paragraph(std::string_view text);
// Quieter: what was entered so far.
void aside(std::string_view text);
void centred(Type type, std::string_view text);
// One line for staff, in a place that it takes even while there is nothing to say, so that nothing
// moves when it comes or goes.
void staff_line(std::string_view text);
// A band with a sign: what went wrong, or what is good to know.
void notice(std::string_view text, Mood mood);
// The same, larger: what is to be done now.
void call(std::string_view text, Mood mood);
// The words of a card of their own, large: what the person is to check.
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

constexpr float kButtonHeight = 32;
constexpr float kTurnerHeight = 28;

bool button(const std::string& id, std::string_view label, Look look);
// The one thing to touch on its screen.
bool big_button(const std::string& id, std::string_view label);
struct Choice {
    std::string id;
    std::string title;
    std::vector<std::string> details;  // what matters most first
};
// Cards one below the other; which of them was touched. With `below` millimetres of other things
// still to come they are as large as the page allows; where it is short only the first detail
// stays.
std::optional<std::size_t> choices(std::span<const Choice> list, float below);

// Something to say of oneself or not: a card with a box, which bears a check mark where it is `on`.
bool check(const std::string& id, std::string_view label, bool on);

struct Tile {
    std::string id;
    std::string label;
    std::string detail;  // below the label, may be empty
    Look look = Look::Secondary;
    int span = 1;  // the places of its row that it takes
};
// Equal buttons in rows; which of them was touched. Where a word of theirs would be broken the
// labels of all are smaller.
std::optional<std::size_t> tiles(std::span<const Tile> list, int columns, float height, Type type);

struct PadTouch {
    enum class Key { Digit, Erase, Extra } key = Key::Digit;
    int digit = 0;
};
// Digits as a telephone has them, "digit/0" to "digit/9", and "erase"; at the lower left `extra`,
// where there is one.
std::optional<PadTouch> keypad(std::string_view erase_label, const std::optional<Tile>& extra);

// Places for `count` digits, those that were entered filled in.
void digit_boxes(std::string_view digits, std::size_t count);
// A number as it is being entered, and what it counts.
void number_entry(std::string_view digits, std::string_view before, std::string_view after);

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
// Grey while there is none.
void live_picture(const Picture* picture, float height);

}  // namespace mado::ui
