#include "sync/protocol/json_writer.h"

namespace mado::sync {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

void append_escaped(std::string& out, char letter) {
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
    if (byte >= 0x20) {
        out += letter;
        return;
    }
    constexpr std::string_view kHex = "0123456789abcdef";
    out += "\\u00";
    out += kHex[byte >> 4];
    out += kHex[byte & 15];
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
        for (const char letter : text.substr(0, length))
            append_escaped(out, letter);
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
        for (const char letter : text)
            append_escaped(out_, letter);
    } else {
        append_repaired(out_, text);
    }
    out_ += '"';
    return *this;
}

}  // namespace mado::sync
