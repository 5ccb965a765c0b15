#include "tests/film/scene.h"

#include "shared/base/text.h"

#include <charconv>
#include <map>
#include <optional>
#include <set>
#include <sstream>

namespace mado::film {

namespace {

// Fine enough for the nearest that a film comes.
constexpr int kDpi = 300;
constexpr double kSecondsMin = 0.2;
constexpr double kSecondsMax = 120;

using Words = std::map<std::string, std::string>;

// What a part of each kind may say.
const std::map<std::string, std::set<std::string>>& members_of_kinds() {
    static const std::map<std::string, std::set<std::string>> members = {
        {"empty", {"seconds"}},
        {"leaflet", {"seconds", "address"}},
        {"letter", {"seconds", "address", "address_hex"}},
        {"ticket",
         {"seconds", "municipality", "number", "sticker", "qr", "barcode", "barcode_digits"}}};
    return members;
}

std::optional<double> seconds_of(const std::string& text) {
    double seconds = 0;
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, seconds);
    if (read.ec != std::errc() || read.ptr != end) return {};
    if (!(seconds >= kSecondsMin && seconds <= kSecondsMax)) return {};
    return seconds;
}

Result<bool, std::string> yes_or_no(const Words& words, const std::string& name) {
    const auto found = words.find(name);
    if (found == words.end() || found->second == "yes") return true;
    if (found->second == "no") return false;
    return fail(name + " is yes or no");
}

Result<std::string, std::string> digits_of(const Words& words, const std::string& name,
                                           std::size_t count) {
    const auto found = words.find(name);
    if (found == words.end() || found->second.size() != count || !is_digits(found->second)) {
        return fail(name + " is " + std::to_string(count) + " digits");
    }
    return found->second;
}

Result<HeldSheet, std::string> ticket_of(const Words& words) {
    TicketPaper paper;
    paper.municipality = MADO_TRY(digits_of(words, "municipality", 6));
    paper.number = MADO_TRY(digits_of(words, "number", 10));
    paper.has_qr = MADO_TRY(yes_or_no(words, "qr"));
    paper.has_barcode = MADO_TRY(yes_or_no(words, "barcode"));
    if (const auto digits = words.find("barcode_digits"); digits != words.end()) {
        if (digits->second != "10" && digits->second != "18") {
            return fail(std::string("barcode_digits is 10 or 18"));
        }
        paper.barcode_digits = digits->second == "10" ? 10 : 18;
    }
    int sticker = 1;
    if (const auto held = words.find("sticker"); held != words.end()) {
        const auto number = parse_digits(held->second);
        if (!number || *number < 1 || *number > 3) {
            return fail(std::string("sticker is 1, 2 or 3"));
        }
        sticker = static_cast<int>(*number);
    }
    return HeldSheet{draw(paper, kDpi), middle_of_sticker(sticker)};
}

// A text with spaces in it comes as its bytes.
Result<std::string, std::string> address_of(const Words& words) {
    const auto address = words.find("address");
    if (address != words.end()) return address->second;
    const auto hex = words.find("address_hex");
    const auto bytes = hex == words.end() ? std::nullopt : from_hex(hex->second);
    if (!bytes) return fail(std::string("a letter has an address, or an address_hex"));
    return std::string(bytes->begin(), bytes->end());
}

Result<HeldSheet, std::string> sheet_of(const std::string& kind, const Words& words) {
    if (kind == "ticket") return ticket_of(words);
    const auto address = words.find("address");
    if (kind == "letter") {
        LetterPaper letter;
        letter.address = MADO_TRY(address_of(words));
        return HeldSheet{draw(letter, kDpi), middle_of_letter_code()};
    }
    LeafletPaper leaflet;
    if (address != words.end()) leaflet.address = address->second;
    return HeldSheet{draw(leaflet, kDpi), middle_of_leaflet_code()};
}

Result<Part, std::string> part_of(const std::string& line) {
    std::istringstream in(line);
    std::string kind;
    in >> kind;
    const auto known = members_of_kinds().find(kind);
    if (known == members_of_kinds().end())
        return fail(std::string("empty, leaflet, letter or ticket"));
    Words words;
    for (std::string word; in >> word;) {
        const auto equals = word.find('=');
        const std::string name = word.substr(0, equals);
        if (equals == std::string::npos || !known->second.contains(name)) {
            return fail("a part of this kind has no " + name);
        }
        if (!words.emplace(name, word.substr(equals + 1)).second) return fail(name + " twice");
    }
    Part part;
    if (const auto seconds = words.find("seconds"); seconds != words.end()) {
        const auto number = seconds_of(seconds->second);
        if (!number) return fail(std::string("seconds is 0.2 to 120"));
        part.seconds = *number;
    }
    if (kind != "empty") part.sheet = MADO_TRY(sheet_of(kind, words));
    return part;
}

}  // namespace

Result<std::vector<Part>, SceneError> parse_scene(std::string_view text) {
    std::vector<Part> parts;
    std::istringstream in{std::string(text)};
    int number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (line.find_first_not_of(" \t\r") == std::string::npos || line.front() == '#') continue;
        auto part = part_of(line);
        if (!part) return fail(SceneError{number, part.error()});
        parts.push_back(std::move(*part));
    }
    if (parts.empty()) return fail(SceneError{0, "a film has at least one part"});
    return parts;
}

const char* scene_help() {
    return "Parts:\n"
           "  empty seconds=2\n"
           "  leaflet seconds=4 [address=…]\n"
           "  letter seconds=4 address=…\n"
           "  ticket seconds=6 municipality=272205 number=0000123456 [sticker=1|2|3]\n"
           "         [qr=yes|no] [barcode=yes|no] [barcode_digits=10|18]";
}

}  // namespace mado::film
