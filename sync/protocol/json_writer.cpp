#include "sync/protocol/json_writer.h"

#include <algorithm>

namespace mado::sync {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool must_be_escaped(char letter) {
    return letter == '"' || letter == '\\' || static_cast<unsigned char>(letter) < 0x20;
}

void append_escape(std::string& out, char letter) {
    switch (letter) {
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '\n':
            out += "\\n";
            return;
        default:
            break;
    }
    const auto byte = static_cast<unsigned char>(letter);
    constexpr std::string_view kHex = "0123456789abcdef";
    out += "\\u00";
    out += kHex[byte >> 4];
    out += kHex[byte & 15];
}

// In whole runs between the letters that must be escaped: most texts are one run.
void append_escaped(std::string& out, std::string_view text) {
    for (;;) {
        const auto* const found = std::find_if(text.begin(), text.end(), must_be_escaped);
        out.append(text.begin(), found);
        if (found == text.end()) return;
        append_escape(out, *found);
        text.remove_prefix(static_cast<std::size_t>(found - text.begin()) + 1);
    }
}

// How many bytes at the start of `text` are one well-formed letter; 0 where none is.
std::size_t letter_bytes(std::string_view text) {
    for (std::size_t length = 1; length <= 4 && length <= text.size(); ++length) {
        if (is_utf8(text.substr(0, length))) return length;
    }
    return 0;
}

void append_repaired(std::string& out, std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = letter_bytes(text);
        if (length == 0) {
            out += kReplacement;
            text.remove_prefix(1);
            continue;
        }
        append_escaped(out, text.substr(0, length));
        text.remove_prefix(length);
    }
}

}  // namespace

void JsonWriter::separate() {
    if (!first_) out_ += ',';
    first_ = false;
}

JsonWriter& JsonWriter::begin_object() {
    separate();
    out_ += '{';
    first_ = true;
    return *this;
}

JsonWriter& JsonWriter::end_object() {
    out_ += '}';
    first_ = false;
    return *this;
}

JsonWriter& JsonWriter::begin_list() {
    separate();
    out_ += '[';
    first_ = true;
    return *this;
}

JsonWriter& JsonWriter::end_list() {
    out_ += ']';
    first_ = false;
    return *this;
}

JsonWriter& JsonWriter::name(std::string_view name) {
    text(name);
    out_ += ':';
    first_ = true;
    return *this;
}

JsonWriter& JsonWriter::integer(std::int64_t number) {
    separate();
    out_ += std::to_string(number);
    return *this;
}

JsonWriter& JsonWriter::boolean(bool value) {
    separate();
    out_ += value ? "true" : "false";
    return *this;
}

JsonWriter& JsonWriter::text(std::string_view text) {
    separate();
    out_ += '"';
    if (is_utf8(text)) {
        append_escaped(out_, text);
    } else {
        append_repaired(out_, text);
    }
    out_ += '"';
    return *this;
}

}  // namespace mado::sync
